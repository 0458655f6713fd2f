import { checkCapabilities } from './capabilities';
import type { World } from '../../kernel';
import type { Collaborators } from '../engine/collaborators';
import type { ResourceTypes } from '../engine/resource-types';
import { evaluateConditions } from '../functions/conditions';
import { Deferred } from '../functions/deferred';
import { Evaluator } from '../functions/evaluate';
import { parameterValues, type GivenParameter, type ParameterValue } from '../functions/parameters';
import { checkRules } from '../functions/rules';
import type { Scope } from '../functions/scope';
import type { Deployment, Tag } from '../stack/deployment';
import type { Stacks } from '../stack/stacks';
import { validationError } from '../template/errors';
import { creationOrder, dependencies } from '../template/graph';
import { parseTemplate } from '../template/parse';
import type { Template } from '../template/template';
import { validateConditionNames, validateForm, validateModelled, validateReferences } from '../template/validate';

export interface PlanInput {
  readonly stackName: string;
  readonly stackId: string;
  readonly text: string;
  readonly given: readonly GivenParameter[];
  readonly previous?: Deployment;
  readonly tags: readonly Tag[];
  readonly notificationArns: readonly string[];
  readonly roleArn?: string;
  readonly capabilities: readonly string[];
}

/** Turns templates into deployments, and refuses what cannot be deployed before anything is made. */
export class Planner {
  public constructor(
    private readonly world: World,
    private readonly stacks: Stacks,
    private readonly types: ResourceTypes,
    private readonly collaborators: Collaborators,
  ) {}

  /** A template that is well-formed and modelled throughout. */
  public template(text: string): Template {
    const template = parseTemplate(text);
    validateForm(template);
    validateModelled(template, this.types);
    validateConditionNames(template);
    return template;
  }

  public plan(input: PlanInput): Deployment {
    const template = this.template(input.text);
    checkCapabilities(template, input.capabilities);
    const previous = input.previous?.parameters ?? [];
    const parameters = parameterValues(template, input.given, previous, (name) => this.collaborators.parameterStore.value(name));
    this.checkImages(template, parameters);
    const imports = new Set<string>();
    const base = this.scope(input, template, parameters, imports);
    const conditions = evaluateConditions(base);
    const scope = { ...base, conditions };
    checkRules(scope);
    validateReferences(template, conditions);
    const graph = dependencies(template, conditions);
    const order = creationOrder(graph);
    const evaluator = new Evaluator(scope);
    const known = new Map(order.map((id) => [id, evaluator.properties(template.Resources[id]!.Properties ?? {})]));
    const knownOutputs = this.outputs(template, evaluator);
    const { text, tags, notificationArns, roleArn, capabilities } = input;
    return {
      text,
      template,
      parameters,
      conditions,
      tags,
      notificationArns,
      capabilities,
      ...(roleArn ? { roleArn } : {}),
      graph,
      order,
      known,
      knownOutputs,
      imports: [...imports],
    };
  }

  /** What is known before anything is made: references to resources are deferred. */
  private scope(input: PlanInput, template: Template, parameters: readonly ParameterValue[], imports: Set<string>): Scope {
    return {
      template,
      account: this.world.account,
      region: this.world.region,
      stackId: input.stackId,
      stackName: input.stackName,
      notificationArns: input.notificationArns,
      parameters: new Map(parameters.map((each) => [each.name, each.value])),
      conditions: new Map(),
      ref: (logicalId) => new Deferred({ Ref: logicalId }),
      attribute: (logicalId, name) => new Deferred({ 'Fn::GetAtt': [logicalId, name] }),
      importValue: (name) => {
        imports.add(name);
        return this.stacks.exportValue(name);
      },
      parameterStore: (reference) => readParameter(this.collaborators, reference),
    };
  }

  private outputs(template: Template, evaluator: Evaluator): unknown {
    const active = Object.entries(template.Outputs ?? {})
      .filter(([, output]) => output.Condition === undefined || evaluator.condition(output.Condition));
    return active.map(([key, output]) => [key, output.Description ?? '', evaluator.evaluate(output.Value), evaluator.evaluate(output.Export?.Name ?? '')]);
  }

  /** Image ids that come from SSM parameters must exist: AWS checks AWS-specific parameter types. */
  private checkImages(template: Template, parameters: readonly ParameterValue[]): void {
    for (const { name, resolved, given } of parameters) {
      if (!/AWS::EC2::Image::Id/.test(template.Parameters?.[name]?.Type ?? '')) continue;
      const id = resolved ?? given;
      if (this.collaborators.images.image(id) !== undefined) continue;
      throw validationError(`Parameter validation failed: parameter value ${id} for parameter name ${name} does not exist`);
    }
  }
}

/** The value of an SSM parameter, as a dynamic reference names it. */
export function readParameter(collaborators: Collaborators, reference: string): string {
  const value = collaborators.parameterStore.value(reference);
  if (value === undefined) throw validationError(`Parameters: [ssm:${reference}] cannot be found.`);
  return value;
}
