import { CfnResource, Stack, type App } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** A reason that the library wrote beside a wildcard, for what was granted just before. */
export interface Reason {
  readonly scope: IConstruct;
  /** Resources or actions, as they resolve. */
  readonly wildcards: readonly string[];
  /** Of the statement that it was written for. */
  readonly actions: readonly string[];
  readonly text: string;
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

interface Attached {
  readonly construct: IConstruct;
  readonly statements: Statement[];
}

const MISSING = '**no reason is written**';

/** All that the roles of an app may do, and what resources let others do, for a person to read. */
export function listPolicies(app: App, reasons: readonly Reason[]): string {
  const assembly = app.synth();
  const stacks = app.node.findAll().filter((each): each is Stack => Stack.isStack(each));
  return stacks.map((stack) => new Listing(stack, assembly.getStackArtifact(stack.artifactId).template.Resources, reasons).render()).join('\n');
}

class Listing {
  private readonly constructs = new Map<string, IConstruct>();

  public constructor(private readonly stack: Stack, private readonly resources: Record<string, any>, private readonly reasons: readonly Reason[]) {
    stack.node.findAll().filter((each): each is CfnResource => CfnResource.isCfnResource(each))
      .forEach((each) => this.constructs.set(stack.resolve(each.logicalId), each.node.id === 'Resource' ? each.node.scope! : each));
  }

  public render(): string {
    const roles = this.ofType('AWS::IAM::Role').map(([id, role]) => this.role(id, role.Properties));
    const others = Object.entries(this.resources).flatMap(([id, { Properties: properties }]) => this.resourcePolicies(id, properties ?? {}));
    return [`# ${this.stack.node.path}`, ...roles.sort(), ...others.length > 0 ? ['## What resources let others do', ...others.sort()] : []].join('\n\n') + '\n';
  }

  private ofType(type: string): Array<[string, any]> {
    return Object.entries(this.resources).filter(([, each]) => each.Type === type);
  }

  private role(id: string, properties: any): string {
    const construct = this.constructs.get(id)!;
    const attached = this.attachedTo(id, properties);
    const trust = (properties.AssumeRolePolicyDocument.Statement as Statement[])
      .map((each) => `Assumed by ${this.principal(each.Principal)}${this.conditions(each)}.`);
    const managed = ((properties.ManagedPolicyArns ?? []) as unknown[]).map((arn) => this.text(arn))
      .map((arn) => `- policy \`${arn}\` — ${this.managedReason(construct, arn)}`);
    const statements = attached.flatMap(({ construct: policy, statements: all }) => all.map((each) => this.statement(each, [construct, policy])));
    return [`## ${this.pathOf(construct)}`, trust.join('\n'), [...managed, ...statements].join('\n') || 'May do nothing.'].join('\n\n');
  }

  private attachedTo(id: string, properties: any): Attached[] {
    const inline = ((properties.Policies ?? []) as any[])
      .map(({ PolicyDocument }) => ({ construct: this.constructs.get(id)!, statements: PolicyDocument.Statement }));
    const beside = [...this.ofType('AWS::IAM::Policy'), ...this.ofType('AWS::IAM::ManagedPolicy')]
      .filter(([, { Properties }]) => (Properties.Roles ?? []).some((role: any) => role.Ref === id))
      .map(([policy, { Properties }]) => ({ construct: this.constructs.get(policy)!, statements: Properties.PolicyDocument.Statement }));
    return [...inline, ...beside];
  }

  private resourcePolicies(id: string, properties: any): string[] {
    const ofQueueOrBucket = properties.Queues || properties.Bucket ? properties.PolicyDocument : undefined;
    const document = properties.KeyPolicy ?? properties.ResourcePolicy?.PolicyDocument ?? ofQueueOrBucket;
    if (document === undefined) return [];
    const statements = (document.Statement as Statement[]).map((each) => `${this.statement(each, []).replace(/ — \*\*no reason is written\*\*/g, '')}`);
    return [[`### ${this.pathOf(this.constructs.get(id)!)}`, statements.join('\n')].join('\n\n')];
  }

  private statement(statement: Statement, scopes: IConstruct[]): string {
    const actions = listed(statement.Action);
    const shown = actions.map((action) => (action.includes('*') ? `${action} — ${this.reason(action, actions, scopes)}` : action));
    const effect = statement.Effect === 'Allow' ? '' : `${statement.Effect}: `;
    const who = statement.Principal === undefined ? '' : `${this.principal(statement.Principal)}: `;
    const on = listed(statement.Resource ?? []).map((resource) => {
      const text = this.text(resource);
      return `  - on \`${text}\`${text.includes('*') ? ` — ${this.reason(JSON.stringify(resource), actions, scopes)}` : ''}`;
    });
    return [`- ${effect}${who}${shown.join(', ')}${this.conditions(statement)}`, ...on].join('\n');
  }

  /** Where several reasons are written for a resource, that of the statement with these actions. */
  private reason(wildcard: string, actions: string[], scopes: IConstruct[]): string {
    const within = new Set(scopes.flatMap(({ node }) => node.scopes));
    const all = this.reasons.filter((each) => within.has(each.scope) && each.wildcards.includes(wildcard));
    const nearest = all.filter((each) => each.actions.some((action) => actions.includes(action)));
    const texts = new Set((nearest.length > 0 ? nearest : all).map(({ text }) => text));
    return texts.size === 0 ? MISSING : `*${[...texts].join('; ')}*`;
  }

  private managedReason(role: IConstruct, arn: string): string {
    const id = `Annotation::AwsSolutions-IAM4[Policy::${arn.replace('<partition>', '<AWS::Partition>')}]`;
    const rules = role.node.metadata.filter(({ type }) => type === 'aws:cdk:acknowledged-rules').map(({ data }) => data as Record<string, string>);
    const reason = rules.map((each) => each[id]).find((each) => each !== undefined);
    return reason === undefined ? MISSING : `*${reason}*`;
  }

  private conditions({ Condition: condition }: Statement): string {
    const all = Object.entries(condition ?? {}).flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => `${operator} ${key} = ${listed(value).map((each) => this.text(each)).join(' or ')}`));
    return all.length === 0 ? '' : `, if ${all.map((each) => `\`${each}\``).join(' and ')}`;
  }

  private principal(principal: unknown): string {
    if (typeof principal === 'string') return principal;
    return Object.values(principal as object).flatMap((each) => listed(each)).map((each) => this.text(each)).join(', ');
  }

  private pathOf(construct: IConstruct): string {
    return construct.node.path;
  }

  /** References as the paths of what they name. */
  private text(value: any): string {
    // The hash of an asset changes with its files.
    if (typeof value !== 'object' || value === null) return String(value).replace(/[0-9a-f]{64}/, '<hash>');
    if (value['Fn::Join']) return value['Fn::Join'][1].map((each: unknown) => this.text(each)).join(value['Fn::Join'][0]);
    if (value['Fn::GetAtt']) return `<${this.named(value['Fn::GetAtt'][0])}.${value['Fn::GetAtt'][1]}>`;
    if (value['Fn::ImportValue']) return `<${value['Fn::ImportValue']}>`;
    if (value.Ref === undefined) return JSON.stringify(value);
    return value.Ref.startsWith('AWS::') ? `<${value.Ref.slice('AWS::'.length).toLowerCase()}>` : `<${this.named(value.Ref)}>`;
  }

  private named(id: string): string {
    return this.constructs.get(id)?.node.path.split('/').slice(1).join('/') ?? id;
  }
}

const listed = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
