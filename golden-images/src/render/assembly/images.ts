import { readFileSync } from 'node:fs';
import { logicalId, textOf } from './intrinsics';
import { managedDocument } from './managed';
import type { AssemblyStack } from './stacks';
import { readDocument, type ComponentDocument, type Mapping } from '../../../../src/component/document';
import { AssemblyError, Refused } from '../refusal';

/** A component of a recipe. */
export interface RecipeComponent {
  readonly name: string;
  readonly platform?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Throws `Refused` where the document is not in the app. */
  document(): ComponentDocument;
}

/** An image of the app, as its recipe says. */
export interface AppImage {
  /** `<namespace>--<image>`. */
  readonly qualifiedName: string;
  readonly namespace: string;
  readonly name: string;
  /** What the recipe starts from. */
  readonly parent: string;
  readonly components: readonly RecipeComponent[];
  readonly stack: AssemblyStack;
}

/** The images of every stack. */
export function imagesOf(stacks: readonly AssemblyStack[]): AppImage[] {
  return stacks.flatMap((stack) => Object.values(stack.resources)
    .filter(({ Type }) => Type === 'AWS::ImageBuilder::ImageRecipe')
    .map(({ Properties = {} }) => imageOf(stack, Properties)));
}

function imageOf(stack: AssemblyStack, { Name, ParentImage, Components }: Mapping): AppImage {
  const qualifiedName = String(Name);
  const [namespace = '', name = qualifiedName] = qualifiedName.includes('--') ? qualifiedName.split(/--(.*)/) : [];
  const components = (Components as Mapping[] ?? []).map((each) => componentOf(stack, each));
  return { qualifiedName, namespace, name, stack, parent: textOf(ParentImage) ?? JSON.stringify(ParentImage), components };
}

function componentOf(stack: AssemblyStack, { ComponentArn, Parameters }: Mapping): RecipeComponent {
  const parameters = Object.fromEntries((Parameters as Mapping[] ?? []).map(({ Name, Value }) => [String(Name), String((Value as unknown[])[0])]));
  const resource = stack.resources[logicalId(ComponentArn) ?? ''];
  if (resource?.Type !== 'AWS::ImageBuilder::Component') return foreign(textOf(ComponentArn) ?? JSON.stringify(ComponentArn), parameters);
  const { Name, Platform, Data, Uri } = resource.Properties ?? {};
  const name = String(Name);
  const document = (): ComponentDocument => readDocument(Data === undefined ? fromBucket(name, textOf(Uri), stack) : inline(name, Data));
  return { name, parameters, platform: String(Platform), document };
}

function inline(name: string, data: unknown): string {
  const text = textOf(data);
  if (text === undefined) throw new Refused({ component: name }, 'its document holds values that only a deploy knows', 'give values that are known at synth');
  return text;
}

/** A document that is too long for a template travels as an asset. */
function fromBucket(name: string, uri: string | undefined, { assets }: AssemblyStack): string {
  const asset = assets.get(uri?.replace(/^s3:\/\//, '') ?? '');
  if (asset === undefined) throw new Refused({ component: name }, `its document lies at ${uri}, which is no asset of the app`, 'use Component.fromFile with a copy of it');
  return readFileSync(asset.path, 'utf8');
}

/** A component that the app only names. */
function foreign(arn: string, parameters: Readonly<Record<string, string>>): RecipeComponent {
  const name = /:component\/([^/]+)/.exec(arn)?.[1] ?? arn;
  return {
    name,
    parameters,
    ...name.endsWith('-windows') ? { platform: 'Windows' } : name.endsWith('-linux') ? { platform: 'Linux' } : {},
    document: () => {
      if (/:aws:component\//.test(arn)) return managedDocument(name);
      throw new Refused({ component: name }, `its document is not in the app (${arn})`, 'use Component.fromFile with a copy of it');
    },
  };
}

/** Not the parameter of a parent that is looked up, which stands one level deeper. */
const CHANNEL = /^ssm:\/imagebuilder\/golden-images\/([^/]+)\/([^/]+)\/[^/]+$/;

/** The image and all that it stands on in the app, the lowest first: elsewhere there is no base of ours. */
export function lineageOf(image: AppImage, images: readonly AppImage[]): AppImage[] {
  const [, namespace, name] = CHANNEL.exec(image.parent) ?? [];
  if (name === undefined) return [image];
  const parent = images.find((each) => each.namespace === namespace && each.name === name);
  if (parent === undefined) {
    throw new AssemblyError(`${image.name} stands on ${namespace}/${name}, which is not in this app: what is in it would be left out; render an app that has both`);
  }
  return [...lineageOf(parent, images), image];
}
