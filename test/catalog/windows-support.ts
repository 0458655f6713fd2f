import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { parse } from 'yaml';
import { Source, type Component } from '../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { literal, newStack, Synthesized } from '../image/fixture';

/** An object in a bucket, as media are pinned. */
export const media = (fileName: string): Source => {
  const bucket = Bucket.fromBucketName(newStack('Elsewhere'), 'Media', 'media');
  return Source.bucket(bucket, fileName, 'a'.repeat(64));
};

const WINDOWS_2025 = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025);

/** The document of a component, as it would be deployed: in the template, or in a file beside it where it is too long for that. */
export function documentOf(component: Component, parent = WINDOWS_2025, sysprep?: boolean): string {
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components: [component], sysprep });
  const template = new Synthesized(stack);
  const { Properties } = template.ofType('AWS::ImageBuilder::Component').find((each) => !/--(update|wait-for-first-boot)/.test(each.Properties.Name))!;
  return Properties.Data === undefined ? fileOf(stack, literal(Properties.Uri)) : literal(Properties.Data);
}

const fileOf = (stack: { node: { root: any } }, uri: string): string =>
  readFileSync(join(stack.node.root.outdir, `asset.${uri.split('/').pop()}`), 'utf8');

export interface DocumentStep {
  readonly name: string;
  readonly action: string;
  readonly inputs?: any;
  readonly if?: any;
}

/** The steps of each phase. */
export const phasesOf = (component: Component, parent?: ParentImage, sysprep?: boolean): Record<string, DocumentStep[]> =>
  Object.fromEntries(parse(documentOf(component, parent, sysprep)).phases.map(({ name, steps }: any) => [name, steps]));

/** The commands of a step. */
export const scriptOf = (steps: DocumentStep[], name: string): string =>
  steps.find((each) => each.name.startsWith(name))!.inputs.commands.join('\n');
