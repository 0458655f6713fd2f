import { AMAZON_EBS_OPTIONS } from './amazon-ebs-options';
import { infrastructureOf } from './infrastructure';
import type { GivenParent } from './known-parents';
import { descriptionOf, imageNameOf, imageTags } from './names';
import { parentOf } from './parent';
import { rootVolumeOf } from './root-volume';
import type { ImagePlan } from '../../plan';
import type { Block, Build } from '../../template/model';
import type { Part } from '../part';
import { present } from '../present';
import { mapped, treat } from '../treatment';
import { Values } from '../values';

/** What a builder says of its image. */
export function mapAmazonEbs(builder: Block, build: Build, given: GivenParent | undefined, part: Part): Omit<ImagePlan, 'builder' | 'definition'> {
  part.became(builder.at, mapped('an image of EC2 Image Builder'));
  treat(builder.settings, `the builder ${builder.type}`, AMAZON_EBS_OPTIONS, part);
  const values = Values.of(builder, part);
  const known = parentOf(builder, build, values, given);
  checkSecurity(values);
  const infrastructure = infrastructureOf(values);
  const { size, ...key } = rootVolumeOf(values, known.system.platform, infrastructure);
  return present({
    ...known,
    imageName: imageNameOf(builder, values),
    description: descriptionOf(values),
    amiTags: imageTags(values),
    infrastructure: { ...key, ...infrastructure },
    rootVolumeGibibytes: size,
    region: regionOf(values),
  });
}

function regionOf(values: Values): string | undefined {
  const region = values.text('region');
  if (region !== undefined) values.part.inform(values.place('region'), `images are built where the stack is deployed: deploy it to ${region.slice(0, 40)}`);
  return region;
}

function checkSecurity(values: Values): void {
  if (values.flag('encrypt_boot') === false) {
    values.part.inform(values.place('encrypt_boot'), 'root volumes are encrypted, unless the image is given `encrypted: false`');
  }
  const tokens = values.blocks('metadata_options')[0]?.text('http_tokens');
  if (tokens === 'optional') values.part.warn(values.place('metadata_options'), 'build instances want tokens of the metadata service (IMDSv2)');
}
