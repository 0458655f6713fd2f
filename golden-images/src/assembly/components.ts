import { readFileSync } from 'node:fs';
import { textOf } from './intrinsics';
import { readStacks, withNested, type AssemblyStack, type Resource } from './stacks';
import { templateText } from './template-text';

/** A component document of a synthesized app. */
export interface AssemblyDocument {
  /** The template that holds it, or the file that is shipped to a bucket. */
  readonly file: string;
  /** Path of the construct. */
  readonly component: string;
  /** As the resource says: Linux, Windows or macOS. */
  readonly platform: string;
  /** With `TOKEN` for each value that only a deploy knows; undefined where it lies somewhere else. */
  readonly text?: string;
}

/** The component documents of every stack of a cloud assembly, nested ones too. Throws `AssemblyError`. */
export function documentsOf(folder: string): AssemblyDocument[] {
  return readStacks(folder).flatMap(withNested).flatMap((stack) => Object.entries(stack.resources)
    .filter(([, { Type }]) => Type === 'AWS::ImageBuilder::Component')
    .map(([id, resource]) => documentOf(stack, id, resource)));
}

function documentOf({ name, template, assets }: AssemblyStack, id: string, { Properties = {}, Metadata }: Resource): AssemblyDocument {
  const path = Metadata?.['aws:cdk:path'];
  const component = { component: typeof path === 'string' ? path : `${name}/${id}`, platform: String(Properties.Platform) };
  if (Properties.Data !== undefined) return { ...component, file: template, text: templateText(Properties.Data) };
  const uri = textOf(Properties.Uri) ?? JSON.stringify(Properties.Uri);
  const asset = assets.get(uri.replace(/^s3:\/\//, ''));
  return asset === undefined ? { ...component, file: uri } : { ...component, file: asset.path, text: readFileSync(asset.path, 'utf8') };
}
