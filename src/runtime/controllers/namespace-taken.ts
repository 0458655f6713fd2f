import { pauseParameterName, type SeedProperties } from '../../contract';
import type { SeedPorts } from '../ports';

/**
 * Why a stack cannot be created: another one of the account and region has its namespace. The seed comes before everything of that name, also before
 * the parameter of the pause, which every control plane has.
 */
export async function namespaceTaken({ Namespace: namespace }: SeedProperties, { parameters }: Pick<SeedPorts, 'parameters'>): Promise<string | undefined> {
  const name = pauseParameterName(namespace);
  if (!await parameters.get(name)) return undefined;
  return `the namespace '${namespace}' belongs to another stack of this account and region, which has the parameter ${name}; give this stack a namespace of `
    + 'its own with ControlPlaneSettings.apply(stack, { namespace }); how images move to another stack: docs/guides/moving.md';
}

/** The same for a stack that changes its namespace. One that goes back to its former one finds what is its own there. */
export async function namespaceMoved(
  properties: SeedProperties, before: SeedProperties, stackId: string, { parameters, stacks }: Pick<SeedPorts, 'parameters' | 'stacks'>,
): Promise<string | undefined> {
  if (properties.Namespace === before.Namespace || await stacks.state(stackId) !== 'in-progress') return undefined;
  return namespaceTaken(properties, { parameters });
}
