import { contentOf, type Content } from './content';

/**
 * Paths of the members in which two launch template data differ; empty where they mean the same. Paths only: user data may hold secrets, and what
 * a custom resource answers is shown to everybody who may read the events of the stack.
 */
export const differences = (rendered: unknown, data: unknown): string[] => between(contentOf(rendered) ?? {}, contentOf(data) ?? {}, '');

export const matches = (rendered: unknown, data: unknown): boolean => differences(rendered, data).length === 0;

function between(one: Content | undefined, other: Content | undefined, path: string): string[] {
  if (JSON.stringify(one) === JSON.stringify(other)) return [];
  if (isList(one) && isList(other) && one.length === other.length) {
    return one.flatMap((each, index) => between(each, other[index], `${path}[${index}]`));
  }
  if (isStructure(one) && isStructure(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
    return names.flatMap((name) => between(one[name], other[name], path ? `${path}.${name}` : name));
  }
  return [path];
}

const isList = (content: Content | undefined): content is readonly Content[] => Array.isArray(content);

const isStructure = (content: Content | undefined): content is { readonly [member: string]: Content } =>
  typeof content === 'object' && !Array.isArray(content);
