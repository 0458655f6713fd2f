import { Size } from 'aws-cdk-lib';
import { AMAZON_EBS_OPTIONS } from './amazon-ebs-options';
import { infrastructureOf, type InfrastructureSettings } from './infrastructure';
import { descriptionOf, imageNameOf, imageTags } from './names';
import { parentOf } from './parent';
import type { KnownParent } from './source-ami';
import { checkUserData } from './user-data';
import type { ParentImage } from '../../../image/parent-image';
import { Platform } from '../../../image/platform';
import type { Block, Build } from '../../template/model';
import type { Notices } from '../../template/notices';
import { treat } from '../treatment';
import { Values } from '../values';

/** What a builder says of its image. */
export interface BuilderMapping extends KnownParent {
  readonly imageName: string;
  readonly description?: string;
  readonly amiTags: Record<string, string>;
  readonly infrastructure: InfrastructureSettings;
  readonly rootVolumeSize?: Size;
  readonly region?: string;
}

export function mapAmazonEbs(builder: Block, build: Build, given: ParentImage | undefined, notices: Notices): BuilderMapping {
  treat(builder, `the builder ${builder.type}`, AMAZON_EBS_OPTIONS, notices);
  const values = Values.of(builder);
  const known = parentOf(builder, build, given);
  checkUserData(values);
  checkSecurity(values, notices);
  const region = values.text('region');
  if (region !== undefined) notices.inform(values.place('region'), `images are built where the stack is deployed: deploy it to ${region.slice(0, 40)}`);
  return {
    ...known,
    imageName: imageNameOf(builder, notices),
    description: descriptionOf(values, notices),
    amiTags: imageTags(values, notices),
    infrastructure: infrastructureOf(builder, notices),
    rootVolumeSize: rootVolumeSize(values, known.platform, notices),
    region,
  };
}

function checkSecurity(values: Values, notices: Notices): void {
  if (values.flag('encrypt_boot') === false) notices.inform(values.place('encrypt_boot'), 'root volumes are encrypted, unless the image is given `encrypted: false`');
  const tokens = values.blocks('metadata_options')[0]?.text('http_tokens');
  if (tokens === 'optional') notices.warn(values.place('metadata_options'), 'build instances want tokens of the metadata service (IMDSv2)');
}

/** The root volume's size; the rest of the mappings stays with the parent. */
function rootVolumeSize(values: Values, platform: Platform, notices: Notices): Size | undefined {
  let size: Size | undefined;
  for (const mapping of values.blocks('launch_block_device_mappings')) {
    const device = mapping.required('device_name');
    const gibibytes = mapping.number('volume_size');
    const root = device === '/dev/sda1' || device === '/dev/xvda' && platform === Platform.LINUX;
    if (root && gibibytes !== undefined) size = Size.gibibytes(gibibytes > 0 ? gibibytes : mapping.fail('volume_size', '"volume_size" is not positive', 'write gibibytes'));
    if (!root) notices.warn(mapping.at, `the volume ${device.slice(0, 40)} is not taken over: images have the root volume and what their parent has`);
    const other = mapping.text('volume_type');
    if (root && other !== undefined && other !== 'gp3') notices.inform(mapping.place('volume_type'), 'root volumes are gp3');
  }
  return size;
}

