import type { Size } from 'aws-cdk-lib';
import type { IBuildInfrastructure } from './build-infrastructure';
import type { DiskExport } from './disk/disk-export';
import type { Gate } from '../release/gate';

/** Properties of every image that is built. */
export interface BuiltImageProps {
  /**
   * Name of the image: 1 to 50 lower-case letters, digits and hyphens, unique in the stack. Recipes, pipelines and parameters are
   * named after it: another name is another image.
   *
   * @default - the id of the construct in lower case, words apart by hyphens
   */
  readonly imageName?: string;

  /**
   * What the image is for.
   *
   * @default - the name of the image
   */
  readonly description?: string;

  /**
   * Major and minor version of the image, followed by `x`: the service counts the rest.
   *
   * @default '1.0.x'
   */
  readonly version?: string;

  /**
   * Where the image is built.
   *
   * @default - the build infrastructure that the images of the stack share
   */
  readonly infrastructure?: IBuildInfrastructure;

  /**
   * Size of the root volume.
   *
   * @default - as in the parent
   */
  readonly rootVolumeSize?: Size;

  /**
   * Id of the AMI that the channels hold until the first version is released.
   *
   * @default - the parent's AMI; required where it cannot be read while deploying, as for a Marketplace product
   */
  readonly initialAmi?: string;

  /**
   * Whether builds collect metadata of the image, such as the versions of its packages, which the console shows. Required for images without
   * Sysprep, whose build workflow collects them.
   *
   * @default true
   */
  readonly enhancedImageMetadata?: boolean;

  /**
   * Tags of the AMIs. Changing them makes a new version.
   *
   * @default - only the tags that name the image
   */
  readonly amiTags?: { [key: string]: string };

  /**
   * Whether Sysprep generalizes the image at the end of its build. Windows only, and each image says it for itself, also one that stands on
   * another.
   *
   * Give `false` only for master images of a product that prepares its machines itself, such as Citrix Machine Creation Services and
   * Citrix Provisioning: all instances of an image that is not generalized have the same machine SID and computer name, and what EC2Launch
   * does once (user data, password of the administrator) was done in the build. Do not let a fleet follow such an image.
   *
   * @default true
   */
  readonly sysprep?: boolean;

  /**
   * Reason why builds do not check that Sysprep can generalize the image. A last component of each Windows image with Sysprep names the AppX
   * packages that are installed for a user and not provisioned for all, over which Sysprep fails at the end of a build; with a reason there
   * is no such component. The reason stands in the metadata of the recipe.
   *
   * @default - builds check it
   */
  readonly skipSysprepCheck?: string;

  /**
   * Whether the root volume is encrypted. Encrypted images cannot be exported; what is made of an encrypted parent always is. Where the account
   * encrypts every volume by default, this stays without effect.
   *
   * @default true
   */
  readonly encrypted?: boolean;

  /**
   * A disk of each version for use outside of AWS; needs `encrypted: false`. Adding, changing or removing it builds no version: it holds from the next
   * one on.
   *
   * @default - no disk
   */
  readonly diskExport?: DiskExport;
}

/** Options of `addChannel`. */
export interface ChannelOptions {
  /**
   * Conditions that a version must meet before the channel moves to it.
   *
   * @default - image tests passed; and for `production` also 24 hours in `latest`
   */
  readonly gates?: Gate[];
}
