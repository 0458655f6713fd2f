import { isMapping } from '../../../src/component/document';

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::AccountId': '${AWS::AccountId}', 'AWS::Region': '${AWS::Region}',
};

/**
 * A text of a template, as far as it is known before the deploy; undefined where it hangs on a resource. Account and region of a stack that
 * names none stay as they are written, in texts and in names of asset buckets alike.
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return filled(value);
  if (!isMapping(value)) return value === undefined || value === null ? undefined : String(value);
  if (typeof value.Ref === 'string') return PSEUDO[value.Ref];
  const sub = value['Fn::Sub'];
  if (typeof sub === 'string') return filled(sub);
  const [delimiter, parts] = (value['Fn::Join'] ?? []) as [string?, unknown[]?];
  if (delimiter === undefined || !Array.isArray(parts)) return undefined;
  const texts = parts.map(textOf);
  return texts.every((each) => each !== undefined) ? texts.join(delimiter) : undefined;
}

const filled = (text: string): string => text.replace(/\$\{(AWS::[A-Za-z]+)\}/g, (all, name: string) => PSEUDO[name] ?? all);

/** The logical id that a `Ref` or `Fn::GetAtt` names. */
export function logicalId(value: unknown): string | undefined {
  if (!isMapping(value)) return undefined;
  const attribute = value['Fn::GetAtt'];
  return typeof value.Ref === 'string' ? value.Ref : Array.isArray(attribute) ? String(attribute[0]) : typeof attribute === 'string' ? attribute.split('.')[0] : undefined;
}
