import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { App, DefaultStackSynthesizer, type Stack } from 'aws-cdk-lib';
import { zipSync, type Zippable } from 'fflate';
import { WebFleetStack } from '../../../examples/web-fleet/web-fleet-stack';

const folder = join(__dirname, '../../../examples/web-fleet');
const BUCKET = 'assets';

/** A template of examples/web-fleet, with the files it names. */
export interface Synthesized {
  readonly template: string;
  readonly files: ReadonlyArray<{ readonly bucket: string; readonly key: string; readonly content: Buffer }>;
}

interface FileAsset {
  readonly source: { readonly path: string; readonly packaging: 'zip' | 'file' };
  readonly destinations: Record<string, { readonly bucketName: string; readonly objectKey: string }>;
}

/** Synthesizes the example as its users do, but for the bootstrap stack, which nobody deployed here. */
export function synthesize(motd: string): Synthesized {
  const { context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  const app = new App({ context: { ...context, motd, '@aws-cdk/core:validateAgainstDefaultRules': false } });
  const synthesizer = ownSynthesizer();
  return assembled(new WebFleetStack(app, 'WebFleet', { site: join(folder, 'site'), synthesizer }));
}

/** Where files of a stack go that is to be deployed without the bootstrap stack. */
export const ownSynthesizer = (): DefaultStackSynthesizer =>
  new DefaultStackSynthesizer({ generateBootstrapVersionRule: false, fileAssetsBucketName: BUCKET });

/** The template of a stack, with the files it names. */
export function assembled(stack: Stack): Synthesized {
  const assembly = (stack.node.root as App).synth();
  const manifest = JSON.parse(readFileSync(join(assembly.directory, `${stack.artifactId}.assets.json`), 'utf8'));
  const files = Object.values<FileAsset>(manifest.files).flatMap(({ source, destinations }) => {
    const path = join(assembly.directory, source.path);
    return Object.values(destinations).map(({ bucketName, objectKey }) => ({
      bucket: bucketName, key: objectKey, content: source.packaging === 'zip' ? zipped(path) : readFileSync(path),
    }));
  });
  return { template: JSON.stringify(assembly.getStackArtifact(stack.artifactId).template), files };
}

function zipped(root: string): Buffer {
  const entries: Zippable = {};
  const walk = (path: string): void => {
    if (statSync(path).isDirectory()) readdirSync(path).forEach((name) => walk(join(path, name)));
    else entries[relative(root, path)] = readFileSync(path);
  };
  walk(root);
  return Buffer.from(zipSync(entries, { level: 1 }));
}
