import { parseDocument, type CollectionTag, type ScalarTag, isMap, isSeq, isScalar } from 'yaml';
import { formatError } from './errors';
import type { Template } from './template';
import { isObject } from './values';

const SCALAR_TAGS = ['Ref', 'Condition', 'Base64', 'GetAtt', 'GetAZs', 'ImportValue', 'Sub', 'Transform', 'Length', 'ToJsonString'];
const SEQUENCE_TAGS = [
  'And', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'If', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub', 'Length', 'ToJsonString', 'Contains',
];
const MAP_TAGS = ['Base64', 'GetAZs', 'ImportValue', 'Transform', 'ToJsonString', 'Length', 'Sub'];

const longName = (tag: string): string => (tag === 'Ref' || tag === 'Condition' ? tag : `Fn::${tag}`);

/** `!GetAtt A.B` is the one short form whose scalar is not the argument of the long form. */
function scalarArgument(tag: string, text: string): unknown {
  if (tag !== 'GetAtt') return text;
  const dot = text.indexOf('.');
  return dot < 0 ? text : [text.slice(0, dot), text.slice(dot + 1)];
}

const scalarTags = SCALAR_TAGS.map((tag): ScalarTag => ({
  tag: `!${tag}`,
  resolve: (text: string) => ({ [longName(tag)]: scalarArgument(tag, text) }),
}));

const collectionTags = [
  ...SEQUENCE_TAGS.map((tag) => ({ tag, collection: 'seq' as const })),
  ...MAP_TAGS.map((tag) => ({ tag, collection: 'map' as const })),
].map(({ tag, collection }): CollectionTag => ({
  tag: `!${tag}`,
  collection,
  resolve: (node) => {
    const short = node as { toJSON(): unknown };
    const original = short.toJSON.bind(short);
    short.toJSON = (...context: unknown[]) => ({ [longName(tag)]: (original as (...rest: unknown[]) => unknown)(...context) });
    return node;
  },
}));

/** Reads a template from JSON or YAML, with the short forms of intrinsic functions. */
export function parseTemplate(text: string): Template {
  const parsed = /^\s*\{/.test(text) ? parseJson(text) : parseYaml(text);
  if (!isObject(parsed)) throw formatError('unsupported structure.');
  return parsed as unknown as Template;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // A template that starts with a brace may still be YAML in flow style.
    try {
      return parseYaml(text);
    } catch {
      throw formatError(`JSON not well-formed. (${(error as Error).message})`);
    }
  }
}

function parseYaml(text: string): unknown {
  const document = parseDocument(text, { customTags: [...scalarTags, ...collectionTags], uniqueKeys: true });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw formatError(`YAML not well-formed. (${problem.message})`);
  if (!isMap(document.contents) && !isSeq(document.contents) && !isScalar(document.contents)) return undefined;
  return document.toJSON();
}
