import { Conversion } from './convert';
import type { InputTable } from './model';
import type { Properties } from '../../kernel';
import { constraintsOf } from '../../kernel/constraints';

/** What CloudFormation sends on to a service. */
export interface SentInput {
  readonly service: string;
  readonly operation: string;
  readonly input: Properties;
}

/** The inputs that the properties of a resource type come to. */
export function inputsOf(table: InputTable, type: string, properties: Properties): SentInput[] {
  const entry = Object.hasOwn(table, type) ? table[type] : undefined;
  const model = entry && constraintsOf(entry.service);
  if (!entry || !model) return [];
  const { service, operation, aliases = {}, also = {} } = entry;
  const conversion = new Conversion(model, aliases);
  const input = conversion.value(model.operations[operation], properties) as Properties;
  const further = Object.entries(also).flatMap(([name, members]) => {
    const at = (path: string, value: unknown): Properties => (
      conversion.at(model.operations[name], path.split('.'), value) as Properties
    );
    return Object.entries(members)
      .flatMap(([path, property]) => valuesAt(properties, property.split('.')).map((value) => at(path, value)))
      .map((each) => ({ service, operation: name, input: each }));
  });
  return [{ service, operation, input }, ...further];
}

/** `Policies[].PolicyName`: the names of all policies. */
function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (step === undefined) return value === undefined || value === null ? [] : [value];
  const record = typeof value === 'object' && value !== null ? value as Properties : {};
  const next: unknown = record[step.replace('[]', '')];
  if (!step.endsWith('[]')) return valuesAt(next, rest);
  return Array.isArray(next) ? next.flatMap((each) => valuesAt(each, rest)) : [];
}
