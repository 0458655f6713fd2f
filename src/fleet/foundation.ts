import { CfnElement, CfnParameter, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { identityOf } from './create-only';
import { referencesOf } from './references';

/** What some elements stand on, as the template will show it. */
export interface Foundation {
  /** Logical name and content of everything that they name, directly or through others. */
  readonly content: Array<[string, unknown]>;
  /** Parameters of the template among it: their values are known only when it is deployed. */
  readonly parameters: string[];
}

/**
 * Everything that `values`, resolved in a stack, refer to in its template, with what can replace it: one that is replaced has another
 * id, and so changes who names it, while the template of who names it stays the same.
 */
export function foundationOf(stack: Stack, values: unknown[], leftOut: (element: IConstruct) => boolean): Foundation {
  const elements = elementsOf(stack);
  const content = new Map<string, unknown>();
  const parameters = new Set<string>();
  const waiting = referencesOf(values);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const element = elements.get(name);
    if (!element || content.has(name) || leftOut(element)) { continue; }
    const part = partOf(stack, element, name);
    content.set(name, part);
    waiting.push(...referencesOf(part));
    if (element instanceof CfnParameter && !element.noEcho) { parameters.add(name); }
  }
  return { content: [...content].sort(([a], [b]) => (a < b ? -1 : 1)), parameters: [...parameters].sort() };
}

function elementsOf(stack: Stack): Map<string, CfnElement> {
  const own = stack.node.findAll().filter((each): each is CfnElement => CfnElement.isCfnElement(each) && Stack.of(each) === stack);
  return new Map(own.map((each) => [stack.resolve(each.logicalId) as string, each]));
}

/** What of an element can change a reference to it. */
function partOf(stack: Stack, element: CfnElement, name: string): unknown {
  const sections: Record<string, any> = stack.resolve((element as unknown as { _toCloudFormation(): object })._toCloudFormation());
  const resource = sections.Resources?.[name];
  return resource ? { Type: resource.Type, Condition: resource.Condition, Properties: identityOf(resource.Type, resource.Properties) } : sections;
}
