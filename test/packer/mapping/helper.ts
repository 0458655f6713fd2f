import { parse } from 'yaml';
import { BuildInfrastructure, BuildSchedule, PatchedBaseImage } from '../../../src/image';
import type { PackerImage } from '../../../src/packer/packer-image';
import { PackerTemplate } from '../../../src/packer/packer-template';
import type { PackerTemplateOptions } from '../../../src/packer/packer-template-options';
import { newStack, Synthesized } from '../../image/fixture';
import { inFolder, refusal } from '../helpers/read-text';

type Settings = Record<string, unknown>;

export const WINDOWS: Settings = {
  type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0', instance_type: 'm5.large', communicator: 'winrm', ami_name: 'windows', region: 'eu-central-1',
};
export const LINUX: Settings = { type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0', instance_type: 't3.small', ssh_username: 'ec2-user', ami_name: 'linux' };

export interface Imported {
  readonly template: PackerTemplate;
  /** `severity line:column message`. */
  readonly notices: string[];
  /** Steps of the component documents of an image, all components one after the other. */
  steps(builder?: string): Step[];
}

export interface Step {
  readonly name: string;
  readonly action: string;
  readonly inputs: any;
  readonly timeoutSeconds?: number;
  readonly maxAttempts?: number;
}

/** Imports a template of one builder, and looks at it while its files are there. */
export function imported<T>(
  template: Settings, look: (imported: Imported) => T, options: PackerTemplateOptions = {}, files: Record<string, string> = {},
): T {
  return inFolder({ ...files, 'template.json': JSON.stringify(template, undefined, 2) }, (folder) => {
    const read = PackerTemplate.fromFile(`${folder}/template.json`, options);
    return look({
      template: read,
      notices: read.notices.map(({ warning, line, column, message }) => `${warning ? 'warning' : 'info'} ${line}:${column} ${message}`),
      steps: (builder) => stepsOf(read.image(builder)),
    });
  });
}

/** What importing a template is refused with: `line:column what; fix`. */
export const refused = (template: Settings, options: PackerTemplateOptions = {}, files: Record<string, string> = {}): string =>
  refusal(() => imported(template, () => undefined, options, files));

export function synthesized(image: PackerImage): Synthesized {
  const stack = newStack();
  const infrastructure = new BuildInfrastructure(stack, 'Infrastructure', image.infrastructureProps(stack));
  new PatchedBaseImage(stack, 'Base', {
    imageName: image.imageName,
    parent: image.parent,
    updates: image.updates,
    components: image.components,
    amiTags: image.amiTags,
    description: image.description,
    rootVolumeSize: image.rootVolumeSize,
    infrastructure,
    schedule: BuildSchedule.patchTuesday(),
  });
  return new Synthesized(stack);
}

function stepsOf(image: PackerImage): Step[] {
  const all = synthesized(image);
  return all.ofType('AWS::ImageBuilder::Component').filter(({ Properties }) => /--template/.test(Properties.Name))
    .flatMap(({ Properties }) => parse(all.component(Properties.Name)).phases[0].steps as Step[]);
}

/** Steps of one provisioner. */
export const stepsFor = (
  builder: Settings, provisioner: Settings | Settings[], options: PackerTemplateOptions = {}, files: Record<string, string> = {},
): Step[] =>
  imported({ builders: [builder], provisioners: [provisioner].flat() }, ({ steps }) => steps(), options, files);

/** What one provisioner is refused with, without its place. */
export const refusedFor = (
  builder: Settings, provisioner: Settings, options: PackerTemplateOptions = {}, files: Record<string, string> = {},
): string =>
  refused({ builders: [builder], provisioners: [provisioner] }, options, files);

/** Notices of one provisioner, without their places. */
export const noticesFor = (builder: Settings, provisioner: Settings): string[] =>
  imported({ builders: [builder], provisioners: [provisioner] }, ({ notices }) => notices.map((each) => each.replace(/ \d+:\d+/, '')));
