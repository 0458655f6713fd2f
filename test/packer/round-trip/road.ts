import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readStacks } from '../../../golden-images/src/assembly/stacks';
import { imagesOf } from '../../../golden-images/src/render/assembly/images';
import { writeFiles } from '../../../golden-images/src/render/files';
import { render } from '../../../golden-images/src/render/render';
import type { DocumentStep } from '../../../src/component/document';
import { BuildInfrastructure, BuildSchedule, PatchedBaseImage } from '../../../src/image';
import { PackerTemplate } from '../../../src/packer/packer-template';
import { synthesize } from '../../golden-images/render/assembly';
import { inFolder } from '../helpers/read-text';

/** Steps of an image in their order, and the files that they bring. */
export interface Documents {
  readonly steps: ReadonlyArray<DocumentStep>;
  file(uri: string): Buffer;
}

interface Made {
  readonly assembly: string;
  readonly image: string;
  readonly documents: Documents;
}

/**
 * The app that a template comes to. A base waits for cloud-init and is updated first, also where its template does not say so: `own` leaves
 * that out.
 */
export function documents(path: string, variables: Record<string, string>, own: boolean): Made {
  const template = PackerTemplate.fromFile(path, { variables }).image();
  const assembly = synthesize((stack) => {
    const { imageName, parent, updates, components } = template;
    const infrastructure = new BuildInfrastructure(stack, 'Infrastructure', template.infrastructureProps(stack));
    new PatchedBaseImage(stack, 'Base', { imageName, parent, updates, components, infrastructure, schedule: BuildSchedule.patchTuesday() });
  });
  const [image] = imagesOf(readStacks(assembly));
  const waits = image!.components.filter(({ name }) => name.endsWith('wait-for-first-boot')).length;
  const counted = image!.components.slice(own ? Math.min(waits, 1) + (template.updates === undefined ? 1 : 0) : 0);
  const steps = counted.flatMap((component) => component.document().phases.flatMap((phase) => phase.steps));
  const file = (uri: string): Buffer => {
    const hash = basename(uri).split('.')[0]!;
    return readFileSync(join(assembly, readdirSync(assembly).find((name) => name.startsWith(`asset.${hash}`))!));
  };
  return { assembly, image: image!.name, documents: { steps, file } };
}

const SITE = { region: 'eu-central-1', subnet_id: '', instance_type: 't3.small' };

/** What a template comes to, and what it comes to after it was rendered for Packer and read again. */
export function thereAndBack(template: unknown): { first: Documents; second: Documents } {
  return inFolder({ 'template.json': JSON.stringify(template) }, (folder) => {
    const first = documents(join(folder, 'template.json'), {}, false);
    const rendered = join(folder, 'rendered');
    mkdirSync(rendered);
    writeFiles(rendered, render({ assembly: first.assembly, image: first.image, target: 'packer', source: 'amazon-ebs' }).files);
    const second = documents(rendered, SITE, true);
    return { first: first.documents, second: second.documents };
  });
}

export const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
