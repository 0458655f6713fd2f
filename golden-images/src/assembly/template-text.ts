import { textOf } from './intrinsics';
import { TOKEN } from './token';
import { isMapping } from '../../../src/component/document';

/** A text of a template, with `TOKEN` for each part that only a deploy knows. */
export function templateText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isMapping(value)) return String(value);
  const [delimiter, parts] = (value['Fn::Join'] ?? []) as [string?, unknown?];
  if (delimiter !== undefined && Array.isArray(parts)) return parts.map(templateText).join(delimiter);
  const sub = value['Fn::Sub'];
  const [pattern, variables] = (Array.isArray(sub) ? sub : [sub]) as [unknown, Record<string, unknown>?];
  if (typeof pattern === 'string') return substituted(pattern, variables ?? {});
  return textOf(value) ?? TOKEN;
}

/** "Fn::Sub": `${!Literal}` is the text `${Literal}`. */
const substituted = (pattern: string, variables: Record<string, unknown>): string => pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
  if (literal !== '') return `\${${name}}`;
  return Object.hasOwn(variables, name) ? templateText(variables[name]) : TOKEN;
});
