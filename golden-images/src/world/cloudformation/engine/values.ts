import type { Collaborators } from './collaborators';
import { EngineError } from './failure';
import type { ResourceTypes } from './resource-types';
import type { World } from '../../kernel';
import { Evaluator } from '../functions/evaluate';
import { readParameter } from '../planning/plan';
import type { Deployment } from '../stack/deployment';
import type { Stack, StackOutput, StackResource } from '../stack/stack';
import type { Stacks } from '../stack/stacks';

/** Gives the values of a deployment while it is being made: references are read from the real state of the resources. */
export class Values {
  public constructor(
    private readonly world: World,
    private readonly stacks: Stacks,
    private readonly types: ResourceTypes,
    private readonly collaborators: Collaborators,
  ) {}

  public properties(stack: Stack, deployment: Deployment, logicalId: string): Record<string, unknown> {
    return this.evaluator(stack, deployment).properties(deployment.template.Resources[logicalId]!.Properties ?? {});
  }

  public outputs(stack: Stack, deployment: Deployment): StackOutput[] {
    const evaluator = this.evaluator(stack, deployment);
    const active = Object.entries(deployment.template.Outputs ?? {})
      .filter(([, { Condition }]) => Condition === undefined || evaluator.condition(Condition));
    return active.map(([OutputKey, output]) => ({
      OutputKey,
      OutputValue: text(evaluator.evaluate(output.Value), OutputKey),
      ...(output.Description ? { Description: output.Description } : {}),
      ...(output.Export ? { ExportName: text(evaluator.evaluate(output.Export.Name), OutputKey) } : {}),
    }));
  }

  private evaluator(stack: Stack, deployment: Deployment): Evaluator {
    return new Evaluator({
      template: deployment.template,
      account: this.world.account,
      region: this.world.region,
      stackId: stack.id,
      stackName: stack.name,
      notificationArns: deployment.notificationArns,
      parameters: new Map(deployment.parameters.map((each) => [each.name, each.value])),
      conditions: deployment.conditions,
      ref: (logicalId) => {
        const resource = made(stack, logicalId);
        return this.types.get(resource.type).ref(resource.physicalId);
      },
      attribute: (logicalId, name) => {
        const resource = made(stack, logicalId);
        return this.types.get(resource.type).attribute(resource, name, resource.properties);
      },
      importValue: (name) => this.stacks.exportValue(name),
      parameterStore: (reference) => readParameter(this.collaborators, reference),
    });
  }
}

function made(stack: Stack, logicalId: string): StackResource & { physicalId: string } {
  const resource = stack.resources.get(logicalId);
  if (resource?.physicalId === undefined) throw new EngineError(`Resource ${logicalId} has no physical id`);
  return resource as StackResource & { physicalId: string };
}

function text(value: unknown, key: string): string {
  if (value === null || typeof value === 'object' || typeof value === 'symbol' || value === undefined) {
    throw new EngineError(`Template format error: Output ${key} is malformed. Value must be a string.`);
  }
  return String(value);
}
