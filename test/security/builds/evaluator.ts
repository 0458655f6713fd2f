import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { managedPolicies } from './managed-policies';
import { policiesOf } from '../../examples/permissions/policies';

/** A call as IAM sees it: it needs every one of the resources that it names. */
export interface Call {
  readonly action: string;
  readonly on: ReadonlyArray<{ readonly resource: string; readonly context?: Context }>;
  /** Keys of the request, whatever the resource. */
  readonly context?: Context;
}
type Context = Readonly<Record<string, string | readonly string[]>>;

export interface Granted {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly resources: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What roles of a stack may do, by IAM's policy evaluation logic for identities (IAM User Guide, "Policy evaluation logic"). */
export class Roles {
  private readonly template: Template;

  public constructor(stack: Stack) {
    this.template = Template.fromStack(stack);
  }

  public resource(id: string): any {
    return this.template.toJSON().Resources[id];
  }

  public idOf(type: string, match: RegExp): string {
    const ids = Object.keys(this.template.findResources(type)).filter((id) => match.test(id));
    if (ids.length !== 1) throw new Error(`${type} ${match}: ${ids.join(', ')}`);
    return ids[0]!;
  }

  /** The role of the instances on which an image is built. */
  public builderOf(imageName: string): string {
    const pipelines = Object.values(this.template.findResources('AWS::ImageBuilder::ImagePipeline'));
    const pipeline = pipelines.find(({ Properties }) => Properties.Name.endsWith(`--${imageName}`))!;
    const configuration = this.resource(pipeline.Properties.InfrastructureConfigurationArn['Fn::GetAtt'][0]);
    return this.resource(configuration.Properties.InstanceProfileName.Ref).Properties.Roles[0].Ref;
  }

  public may(role: string, call: Call): boolean {
    const statements = this.statementsOf(role);
    return call.on.every(({ resource, context }) => evaluate(statements, call.action, resource, { ...call.context, ...context }));
  }

  public statementsOf(role: string): Granted[] {
    const own = policiesOf(this.template).filter(({ roles }) => roles.includes(role)).flatMap(({ statements }) => statements as Granted[]);
    const attached: unknown[] = this.resource(role).Properties.ManagedPolicyArns ?? [];
    return [...own, ...attached.flatMap(managedPolicies)];
  }
}

function evaluate(statements: readonly Granted[], action: string, resource: string, context: Context): boolean {
  const matching = statements.filter((each) => [each.Action].flat().some((pattern) => like(action, pattern, true))
    && each.resources.some((pattern) => like(resource, pattern)) && conditionsHold(each, context));
  return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny');
}

function conditionsHold({ Condition = {} }: Granted, context: Context): boolean {
  const wanted = Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => ({ operator, key, values })));
  return wanted.every(({ operator, key, values }) => holds(operator, context[key], [values].flat().map(String)));
}

/** IAM User Guide, "IAM JSON policy elements: Condition operators"; what is not modelled is no answer. */
function holds(operator: string, found: string | readonly string[] | undefined, wanted: readonly string[]): boolean {
  const values = found === undefined ? [] : [found].flat();
  switch (operator) {
    case 'StringEquals': case 'ArnEquals': case 'Bool': return values.length === 1 && wanted.includes(values[0]!);
    case 'StringNotEquals': return !values.some((value) => wanted.includes(value));
    case 'StringLike': case 'ArnLike': return values.length === 1 && wanted.some((pattern) => like(values[0]!, pattern));
    case 'Null': return wanted.includes(String(values.length === 0));
    case 'ForAnyValue:StringEquals': return values.some((value) => wanted.includes(value));
    case 'ForAllValues:StringEquals': return values.every((value) => wanted.includes(value));
    default: throw new Error(`the operator ${operator} is not modelled`);
  }
}

function like(text: string, pattern: string, anyCase = false): boolean {
  const source = pattern.split('*').map((part) => part.split('?').map((each) => each.replace(/[\\^$.|+()[\]{}]/g, '\\$&')).join('.')).join('.*');
  return new RegExp(`^${source}$`, anyCase ? 'is' : 's').test(text);
}
