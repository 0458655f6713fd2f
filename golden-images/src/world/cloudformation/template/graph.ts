import { validationError } from './errors';
import { references } from './references';
import { dependsOn, type Template } from './template';

/** The resources of a template whose condition holds, by logical id. */
export function activeResources(template: Template, conditions: ReadonlyMap<string, boolean>): string[] {
  return Object.entries(template.Resources)
    .filter(([, definition]) => definition.Condition === undefined || conditions.get(definition.Condition) === true)
    .map(([logicalId]) => logicalId);
}

/** What each active resource stands on, explicitly and by reference. */
export function dependencies(template: Template, conditions: ReadonlyMap<string, boolean>): Map<string, string[]> {
  const active = new Set(activeResources(template, conditions));
  return new Map([...active].map((logicalId) => {
    const definition = template.Resources[logicalId]!;
    const implied = references(definition.Properties ?? {}, (name) => conditions.get(name)).map((reference) => reference.target);
    const all = new Set([...dependsOn(definition), ...implied]);
    return [logicalId, [...all].filter((target) => active.has(target))];
  }));
}

/** Logical ids, each after all it stands on; otherwise in the order of the template. Refuses cycles. */
export function creationOrder(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const ordered = new Set<string>();
  while (ordered.size < graph.size) {
    const ready = [...graph.keys()].find((id) => !ordered.has(id) && graph.get(id)!.every((target) => ordered.has(target)));
    if (ready === undefined) throw validationError(`Circular dependency between resources: [${cycle(graph, ordered).join(', ')}]`);
    ordered.add(ready);
  }
  return [...ordered];
}

/** The members of the cycle: what remains once everything that merely stands on it is taken away. */
function cycle(graph: ReadonlyMap<string, readonly string[]>, ordered: ReadonlySet<string>): string[] {
  let left = [...graph.keys()].filter((id) => !ordered.has(id));
  for (;;) {
    const needed = left.filter((id) => left.some((other) => graph.get(other)!.includes(id)));
    if (needed.length === left.length) return left;
    left = needed;
  }
}
