import { isFor } from './builders/builder-names';
import type { Part } from './part';
import type { Report } from './report';
import { each, mapped, refused, warned, type OptionTable, type Treatment, treat } from './treatment';
import type { Block, Build } from '../template/model';
import { suggestion } from '../template/nearest';

const LATER = 'act on the release of a version instead: the topic of the control plane says of it';
const AMI = 'an AMI is no file';

export const POST_PROCESSORS: Readonly<Record<string, Treatment>> = {
  'manifest': mapped('the registry: each build is recorded with its version, its AMIs by region and its parent'),
  'checksum': warned(AMI),
  'compress': warned(AMI),
  'amazon-import': warned('what is built here is an AMI already; a disk becomes a parent by `DiskImport`'),
  'vagrant': warned('give the image a `diskExport`: each version leaves a disk in a bucket'),
  'googlecompute-export': warned('give the image a `diskExport`: each version leaves a disk in a bucket'),
  'shell-local': warned(`nothing runs on the machine that reads the template, and the image is made before it; ${LATER}`),
  'artifice': refused('nothing runs on the machine that reads the template', LATER),
  'amazon-ami-management': warned('AMIs stay until the account removes them: nothing is retired yet'),
};

/** Of the post-processor `manifest`. */
export const MANIFEST_OPTIONS: OptionTable = each('output strip_path strip_time keep_input_artifact custom_data', mapped('see below'));

/** Those of the builders that are taken over. */
export function mapPostProcessors(build: Build, builders: ReadonlyArray<Block>, report: Report): void {
  for (const block of build.postProcessors.flat().filter((one) => builders.some((builder) => isFor(one, builder)))) {
    mapPostProcessor(block, report.part(`post-processor ${block.type}`, block.at));
  }
}

function mapPostProcessor({ type, at, settings }: Block, part: Part): void {
  const treatment = Object.hasOwn(POST_PROCESSORS, type) ? POST_PROCESSORS[type]! : undefined;
  if (treatment === undefined) return part.refuse(at, `the post-processor "${type}" is not known`, suggestion(type, Object.keys(POST_PROCESSORS)));
  if (treatment.kind === 'refused') return part.refuse(at, `the post-processor "${type}": ${treatment.why}`, treatment.fix);
  part.became(at, treatment);
  if (treatment.kind === 'warned') part.warn(at, `the post-processor "${type}" is not taken over: ${treatment.why}`);
  if (treatment.kind === 'dropped') part.inform(at, `the post-processor "${type}" is dropped: ${treatment.why}`);
  if (type !== 'manifest') return;
  treat(settings, 'the post-processor manifest', MANIFEST_OPTIONS, part);
  part.inform(at, 'no file is written while an image is built: every build is recorded with its version and its AMIs by region, and '
    + '`golden-images manifest` writes what is recorded in the form of Packer');
}
