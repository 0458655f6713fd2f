import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { command, type Surroundings } from './command';
import * as forms from './forms';
import { single, UsageError } from './option';
import { AssemblyError } from '../assembly/assembly-error';
import { CdkCliMissing, resolveCdkCli } from '../rehearsal/cdk-cli';
import { LocalAws } from '../rehearsal/local-aws';
import { during } from '../rehearsal/signals';
import { writeFiles } from '../render/files';
import { SOURCES } from '../render/packer/sources';
import { NotRendered } from '../render/refusal';
import { render, TARGETS, type Rendering } from '../render/render';

/** Writes an image of the app as a template for another tool. */
export const renderImage = command({
  name: 'render',
  summary: 'write an image as a template for Packer or Azure Image Builder',
  operands: 'IMAGE',
  description: [
    'Reads what the app synthesizes, and writes the steps of the image and of all that it stands on in the app as a folder for the other tool.',
    'What has no form there is refused by component and step, and nothing is written then. No secret is written: those are variables.',
    'Exits with status 0 when the folder is written, 1 when something was refused.',
  ],
  options: {
    target: single('NAME', oneOf(TARGETS), TARGETS.join(' or ')),
    source: single('NAME', oneOf(SOURCES), `where Packer builds: ${SOURCES.join(', ')} (default: amazon-ebs)`),
    app: single('COMMAND', forms.text, 'the command that synthesizes the app, such as "node app.js" (default: the app entry in cdk.json)'),
    assembly: single('DIR', forms.text, 'what was synthesized already, in place of --app'),
    out: single('DIR', forms.text, 'the folder to write (default: IMAGE-TARGET)'),
  },
  async run({ target, source, app, assembly, out: folder }, surroundings, operands) {
    const [image, ...others] = operands;
    if (image === undefined || others.length > 0) throw new UsageError('render needs one image: render --target packer IMAGE');
    if (target === undefined) throw new UsageError(`render needs --target ${TARGETS.join(' or --target ')}`);
    if (app !== undefined && assembly !== undefined) throw new UsageError('render takes --app or --assembly, not both');
    if (source !== undefined && target !== 'packer') throw new UsageError('--source is for --target packer');
    const wanted = resolve(surroundings.directory, folder ?? `${image.split('/').at(-1)}-${target}`);
    if (existsSync(wanted)) throw new UsageError(`${wanted} is there already: name another folder with --out, or remove it`);
    const use = (from: string): number => write(() => render({ assembly: from, image, target, source: source ?? 'amazon-ebs' }), wanted, surroundings);
    return assembly === undefined ? synthesize(app, surroundings, use) : use(resolve(surroundings.directory, assembly));
  },
});

function write(make: () => Rendering, folder: string, { out, err }: Surroundings): number {
  try {
    const { files, notices } = make();
    writeFiles(folder, files);
    notices.forEach((notice) => err(`note: ${notice}`));
    out(`${files.size} files in ${folder}`);
    return 0;
  } catch (error) {
    if (error instanceof AssemblyError) throw new UsageError(error.message);
    if (!(error instanceof NotRendered)) throw error;
    err('golden-images: this image cannot be rendered:');
    error.refusals.forEach(({ message }) => err(`  ${message}`));
    return 1;
  }
}

/** Synthesizes with the cdk command line of the app, against a local AWS: nothing is asked of a real one. */
async function synthesize(app: string | undefined, surroundings: Surroundings, use: (assembly: string) => number): Promise<number> {
  requireApp(app, surroundings.directory);
  return during(await LocalAws.start(), async (local) => {
    const cdk = local.cdk({ directory: surroundings.directory, ...(app === undefined ? {} : { app }) });
    const { exitCode, output } = await cdk.run('synth', '--quiet');
    if (exitCode !== 0) throw new UsageError(`the app does not synthesize:\n${output.trim().split('\n').slice(-15).join('\n')}`);
    return use(cdk.assembly);
  });
}

function requireApp(app: string | undefined, directory: string): void {
  if (app === undefined && !existsSync(join(directory, 'cdk.json'))) {
    throw new UsageError(`there is no cdk.json in ${directory}; say how to run the app: --app "node app.js", or where it is synthesized: --assembly cdk.out`);
  }
  try {
    resolveCdkCli(directory);
  } catch (error) {
    if (error instanceof CdkCliMissing) throw new UsageError(error.message);
    throw error;
  }
}

function oneOf<T extends string>(known: readonly T[]): (value: string) => T {
  return (value) => {
    if (!(known as readonly string[]).includes(value)) throw new UsageError(known.join(', '));
    return value as T;
  };
}

