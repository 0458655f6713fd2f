import { isFor } from './builders/builder-names';
import { dropped, each, mapped, refused, warned, type OptionTable, type Treatment, treat } from './treatment';
import { TemplateError } from '../template/error';
import type { Block, Build } from '../template/model';
import { suggestion } from '../template/nearest';
import type { Notices } from '../template/notices';

const LATER = 'act on the release of a version instead: the topic of the control plane says of it';
const AMI = 'an AMI is no file';

export const POST_PROCESSORS: Readonly<Record<string, Treatment>> = {
  'manifest': mapped('the registry: each build is recorded with its version, its AMIs by region and its parent'),
  'checksum': warned(AMI),
  'compress': warned(AMI),
  'amazon-import': warned('what is built here is an AMI already; a disk becomes a parent by `DiskImport`'),
  'vagrant': warned('give the image a `diskExport`: each version leaves a disk in a bucket'),
  'googlecompute-export': warned('give the image a `diskExport`: each version leaves a disk in a bucket'),
  'shell-local': refused('nothing runs on the machine that reads the template', LATER),
  'artifice': refused('nothing runs on the machine that reads the template', LATER),
  'amazon-ami-management': dropped('AMIs are retired when nothing uses them'),
};

/** Of the post-processor `manifest`. */
export const MANIFEST_OPTIONS: OptionTable = each('output strip_path strip_time keep_input_artifact custom_data', mapped('see below'));

/** Those of the builders that are taken over. */
export function mapPostProcessors(build: Build, builders: ReadonlyArray<Block>, notices: Notices): void {
  for (const block of build.postProcessors.flat().filter((one) => builders.some((builder) => isFor(one, builder, build)))) {
    const treatment = Object.hasOwn(POST_PROCESSORS, block.type) ? POST_PROCESSORS[block.type]! : undefined;
    if (treatment === undefined) {
      throw new TemplateError(block.at, `the post-processor "${block.type}" is not known`, suggestion(block.type, Object.keys(POST_PROCESSORS)));
    }
    if (treatment.kind === 'refused') throw new TemplateError(block.at, `the post-processor "${block.type}": ${treatment.why}`, treatment.fix);
    if (treatment.kind === 'warned') notices.warn(block.at, `the post-processor "${block.type}" is not taken over: ${treatment.why}`);
    if (treatment.kind === 'dropped') notices.inform(block.at, `the post-processor "${block.type}" is dropped: ${treatment.why}`);
    if (block.type === 'manifest') manifest(block, notices);
  }
}

function manifest(block: Block, notices: Notices): void {
  treat(block, 'the post-processor manifest', MANIFEST_OPTIONS, notices);
  notices.inform(block.at, 'no file is written while an image is built: every build is recorded with its version and its AMIs by region, and '
    + '`golden-images manifest` writes what is recorded in the form of Packer');
}
