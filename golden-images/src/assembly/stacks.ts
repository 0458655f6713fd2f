import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssemblyError } from './assembly-error';
import { textOf } from './intrinsics';
import { isMapping, type Mapping } from '../../../src/component/document';

/** A file or a folder that the app ships to a bucket. */
export interface Asset {
  readonly path: string;
  /** A folder, which `cdk deploy` makes into an archive. */
  readonly zipped: boolean;
}

/** A stack of a synthesized app. */
export interface AssemblyStack {
  readonly name: string;
  /** The file of its template. */
  readonly template: string;
  readonly resources: Readonly<Record<string, Resource>>;
  /** By `bucket/key`. */
  readonly assets: ReadonlyMap<string, Asset>;
}

export interface Resource {
  readonly Type: string;
  readonly Properties?: Mapping;
  readonly Metadata?: Mapping;
}

interface Artifact {
  readonly type: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { readonly templateFile?: string; readonly file?: string; readonly directoryName?: string; readonly stackName?: string };
}

/** Whether a folder is what `cdk synth` writes: other folders have a manifest.json, too. */
export function isAssembly(folder: string): boolean {
  const manifest = join(folder, 'manifest.json');
  return existsSync(manifest) && isMapping((read(manifest) as Mapping | null)?.artifacts);
}

/** Every stack of a cloud assembly, those of its stages too. */
export function readStacks(folder: string): AssemblyStack[] {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) throw new AssemblyError(`${folder} is no cloud assembly: it has no manifest.json; it is what cdk synth writes, by default cdk.out`);
  const { artifacts = {} } = read(manifest) as { artifacts?: Record<string, Artifact> };
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const { templateFile, directoryName, stackName } = artifact.properties ?? {};
    if (artifact.type === 'cdk:cloud-assembly') return readStacks(join(folder, directoryName!));
    if (artifact.type !== 'aws:cloudformation:stack') return [];
    const template = join(folder, templateFile!);
    const name = stackName ?? artifact.displayName ?? id;
    return [{ name, template, resources: resourcesOf(template), assets: assetsOf(folder, artifact, artifacts) }];
  });
}

/** A stack and all that are nested in it: their templates are assets of it. */
export function withNested(stack: AssemblyStack): AssemblyStack[] {
  const nested = new Set([...stack.assets.values()].map(({ path }) => path).filter((path) => path.endsWith('.nested.template.json')));
  return [stack, ...[...nested].map((template) => ({ ...stack, template, resources: resourcesOf(template) }))];
}

const resourcesOf = (template: string): Record<string, Resource> => (read(template) as { Resources?: Record<string, Resource> }).Resources ?? {};

function assetsOf(folder: string, { dependencies = [] }: Artifact, artifacts: Record<string, Artifact>): Map<string, Asset> {
  const manifests = dependencies.map((id) => artifacts[id]).filter((each) => each?.type === 'cdk:asset-manifest');
  return new Map(manifests.flatMap((each) => {
    const { files = {} } = read(join(folder, each!.properties!.file!)) as { files?: Record<string, FileAsset> };
    return Object.values(files).filter(({ source }) => source.path !== undefined).flatMap(({ source, destinations }) => (
      Object.values(destinations).map(({ bucketName, objectKey }): [string, Asset] => (
        [`${textOf(bucketName)}/${objectKey}`, { path: join(folder, source.path!), zipped: source.packaging === 'zip' }]
      ))
    ));
  }));
}

interface FileAsset {
  readonly source: { readonly path?: string; readonly packaging?: string };
  readonly destinations: Readonly<Record<string, { readonly bucketName: string; readonly objectKey: string }>>;
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AssemblyError(`${file} cannot be read: ${(error as Error).message}`);
  }
}
