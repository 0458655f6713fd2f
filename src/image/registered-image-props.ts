import type { IImage } from './image';
import type { ParentImage } from './parent-image';

/** Properties of `RegisteredImage`. */
export interface RegisteredImageProps {
  /**
   * Name of the image: 1 to 50 lower-case letters, digits and hyphens, unique in the stack.
   *
   * @default - the id of the construct in lower case, words apart by hyphens
   */
  readonly imageName?: string;

  /**
   * What the channels hold until the first version is released. It also says the platform, architecture and root device that versions have.
   *
   * @default - the AMI of the parent's channel; required without a parent
   */
  readonly initialAmi?: ParentImage;

  /**
   * The image of this library that versions are built on. A version is withdrawn with the one it stands on.
   *
   * @default - none: versions stand on what is not known here
   */
  readonly parent?: IImage;

  /**
   * Name of the parent's channel that it follows.
   *
   * @default 'latest'
   */
  readonly parentChannel?: string;

  /**
   * Ids of the accounts whose AMIs may become versions, beside the account of the stack: the accounts that build for it and share their AMIs
   * with it. Any account may share an AMI with any other, so AMIs of accounts that are not named are refused (Amazon EC2 User Guide, "Share an AMI
   * with specific AWS accounts"). The owner of a shared AMI may take it away at any time: a warning at synthesis, unless `copyAmis` is true.
   *
   * @default - AMIs of the account of the stack only
   */
  readonly owners?: string[];

  /**
   * Whether versions hold copies of AMIs that `owners` share: the function asks for a copy in the region of the stack when an AMI is registered, and the
   * version is made of it once it is there. The owner shares the snapshots, too (Amazon EC2 User Guide, "Copy an Amazon EC2 AMI"). Encrypted ones are
   * refused by AWS, because the function has no rights to keys of other accounts: copy such an AMI yourself, and register the copy.
   *
   * @default false
   */
  readonly copyAmis?: boolean;
}

/** What `RegisteredImage.grantRegister` gives beside the right to register. */
export interface RegisterGrantOptions {
  /**
   * Whether the grantee may say that an AMI was tested, which opens the gate of image tests.
   *
   * @default false
   */
  readonly claimsTests?: boolean;

  /**
   * Whether the grantee invokes the function (`lambda:InvokeFunction`) instead of its URL, by an alias that registers this image only. AWS does not
   * tell a function who invokes it: the name of the caller is only claimed, and the ledger says so.
   *
   * @default - false, or true if the stack has no function URL
   */
  readonly directInvocation?: boolean;
}
