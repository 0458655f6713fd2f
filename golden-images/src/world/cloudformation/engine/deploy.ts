import { EngineError, reasonOf, ResourcesFailed } from './failure';
import type { Values } from './values';
import type { Target, Worker } from './worker';
import { changesOf } from '../planning/changes';
import type { Deployment } from '../stack/deployment';
import type { Stack, StackOutput, StackResource } from '../stack/stack';
import type { Stacks } from '../stack/stacks';
import { sameValue } from '../template/values';

/** Brings the resources of a stack to a deployment, one at a time, each after what it stands on. Deletes nothing. */
export class Deployer {
  public constructor(private readonly worker: Worker, private readonly values: Values, private readonly stacks: Stacks) {}

  /**
   * Resources that no change can reach are left alone. Not so when a deployment resumes one that failed half-way: what the
   * changed resources passed on is unknown then, and everything is looked at.
   */
  public async deploy(stack: Stack, next: Deployment, options: { readonly resume: boolean }): Promise<void> {
    const changed = new Set(changesOf(stack, next, this.worker.types).map(({ logicalId }) => logicalId));
    for (const logicalId of next.order) {
      const current = stack.resources.get(logicalId);
      if (!current?.physicalId) await this.worker.create(stack, this.target(stack, next, logicalId, 'create'));
      else if (options.resume || changed.has(logicalId)) await this.change(stack, next, current);
      else stack.resources.set(logicalId, { ...current, ...this.definition(next, logicalId) });
    }
    stack.outputs = this.outputs(stack, next);
  }

  private async change(stack: Stack, next: Deployment, current: StackResource): Promise<void> {
    const target = this.target(stack, next, current.logicalId, 'update');
    const handler = this.worker.types.get(current.type);
    const names = new Set([...Object.keys(current.properties), ...Object.keys(target.properties)]);
    const changed = [...names].filter((name) => !sameValue(current.properties[name], target.properties[name]));
    if (changed.some((name) => handler.change(name) === 'replace')) return this.worker.replace(stack, current, target);
    const tagged = handler.change('Tags') !== undefined && !sameValue(current.tags, next.tags);
    if (changed.length > 0 || tagged || current.status === 'UPDATE_FAILED') return this.worker.update(stack, current, target);
    stack.resources.set(current.logicalId, { ...current, ...this.definition(next, current.logicalId) });
  }

  private definition(next: Deployment, logicalId: string): Omit<Target, 'properties'> {
    return {
      logicalId,
      definition: next.template.Resources[logicalId]!,
      known: next.known.get(logicalId)!,
      tags: next.tags,
      standsOn: next.graph.get(logicalId)!,
    };
  }

  private target(stack: Stack, next: Deployment, logicalId: string, verb: 'create' | 'update'): Target {
    const definition = this.definition(next, logicalId);
    try {
      return { ...definition, properties: this.values.properties(stack, next, logicalId) };
    } catch (error) {
      this.worker.journal.event(
        stack, { logicalId, type: definition.definition.Type, physicalId: stack.resources.get(logicalId)?.physicalId ?? '' },
        `${verb.toUpperCase()}_FAILED`, reasonOf(error, this.worker.world),
      );
      throw new ResourcesFailed([logicalId], verb);
    }
  }

  /** The outputs; exports that other stacks use may neither go nor change (assumption: export-in-use), and no name is exported twice. */
  private outputs(stack: Stack, next: Deployment): StackOutput[] {
    const outputs = this.values.outputs(stack, next);
    const exported = new Map(outputs.flatMap(({ ExportName, OutputValue }) => (
      ExportName === undefined ? [] : [[ExportName, OutputValue] as const])));
    for (const { ExportName, OutputValue } of stack.outputs) {
      if (ExportName === undefined || exported.get(ExportName) === OutputValue) continue;
      const users = this.stacks.importers(ExportName);
      if (users.length === 0) continue;
      const verb = exported.has(ExportName) ? 'updated' : 'deleted';
      throw new EngineError(`Export ${ExportName} cannot be ${verb} as it is in use by ${users.join(', ')}`);
    }
    const taken = this.stacks.exports().find((each) => exported.has(each.Name) && each.ExportingStackId !== stack.id);
    if (taken) throw new EngineError(`Export with name ${taken.Name} is already exported by stack ${taken.ExportingStackId.split('/')[1]}.`);
    return outputs;
  }
}
