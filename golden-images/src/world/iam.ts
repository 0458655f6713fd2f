import { Entities, type InstanceProfile, type ManagedPolicy, type Role } from './iam/entities';
import { iamOperations } from './iam/operations';
import { assertPolicyDocument } from './iam/policy-document';
import { iamResourceTypes } from './iam/resource-types';
import { allows } from './iam/rights';
import { AwsError, NotModelled, Service, type Operation, type Properties, type ResourceType, type World } from './kernel';

/** Names of service-linked roles whose service is not spelled as its role. */
const SERVICE_LINKED: Readonly<Record<string, string>> = {
  'autoscaling.amazonaws.com': 'AWSServiceRoleForAutoScaling',
  'elasticloadbalancing.amazonaws.com': 'AWSServiceRoleForElasticLoadBalancing',
  'imagebuilder.amazonaws.com': 'AWSServiceRoleForImageBuilder',
};

/**
 * AWS IAM. Documents are checked for their form and recorded. What they allow is asked only where a service acts with the rights of its
 * caller (`mayCall`); no request is denied because of them, except while a change of a role is on its way (`inEffect`).
 */
export class IamService extends Service {
  public override readonly signingName = 'iam';
  public override readonly operations: Readonly<Record<string, Operation>>;
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>>;
  public readonly roles: Entities<Role>;
  public readonly instanceProfiles: Entities<InstanceProfile>;
  private readonly policies: Entities<ManagedPolicy>;
  /** When the rights of a role were changed last, by its name. */
  private readonly changedAt = new Map<string, number>();

  public constructor(world: World) {
    super(world);
    this.roles = new Entities(world.account, 'role', 'AROA', 64);
    this.instanceProfiles = new Entities(world.account, 'instance-profile', 'AIPA', 128);
    this.policies = new Entities(world.account, 'policy', 'ANPA', 128);
    this.operations = iamOperations(this);
    this.resourceTypes = iamResourceTypes(this);
  }

  /** Whether a role allows an action. Roles that do not exist here, and policies of AWS, are taken to allow everything. */
  public mayCall(roleName: string, action: string): boolean {
    const role = this.roles.find(roleName);
    if (!role) return true;
    const attached = [...role.attached].map((arn) => this.policies.byArn(arn));
    if (attached.includes(undefined)) return true;
    return allows([...role.inline.values(), ...attached.map((policy) => policy!.document)], action);
  }

  /** Whether the last change of a role's rights has arrived everywhere. */
  public inEffect(roleName: string): boolean {
    const changed = this.changedAt.get(roleName);
    return changed === undefined || this.world.now >= changed + this.world.faults.roleChangesTakeSeconds * 1000;
  }

  public createRole(properties: Properties): Role {
    this.assertRole(properties);
    const role = this.roles.add(properties.RoleName, properties.Path, this.world.now, {
      trust: undefined, maxSessionDuration: 3600, attached: new Set<string>(), inline: new Map<string, unknown>(), tags: [],
    });
    this.applyRole(role, properties);
    return role;
  }

  /** Puts a role into the state that a template describes; policies that other resources put into it stay. */
  public updateRole(name: string, properties: Properties, previous: Properties): void {
    this.assertRole(properties);
    const role = this.roles.required(name);
    for (const arn of (previous.ManagedPolicyArns ?? []) as string[]) role.attached.delete(arn);
    for (const policy of (previous.Policies ?? []) as Properties[]) role.inline.delete(policy.PolicyName);
    this.applyRole(role, properties);
  }

  public deleteRole(name: string, options: { detach?: boolean } = {}): void {
    const role = this.roles.required(name);
    const profile = this.instanceProfiles.all().find((each) => each.roles.includes(name));
    if (profile) throw new AwsError('DeleteConflict', `Cannot delete entity, must remove roles from instance profile ${profile.name} first.`, 409);
    if (!options.detach && role.attached.size > 0) throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
    if (!options.detach && role.inline.size > 0) throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
    this.roles.remove(name);
  }

  /** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html */
  public createServiceLinkedRole(input: { AWSServiceName: string; CustomSuffix?: string; Description?: string }): Role {
    const base = SERVICE_LINKED[input.AWSServiceName];
    if (!base) throw new NotModelled(`a service-linked role for ${input.AWSServiceName}`);
    const RoleName = input.CustomSuffix ? `${base}_${input.CustomSuffix}` : base;
    if (this.roles.find(RoleName)) {
      throw new AwsError('InvalidInput', `Service role name ${RoleName} has been taken in this account, please try a different suffix.`);
    }
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: input.AWSServiceName }, Action: 'sts:AssumeRole' }] };
    const Path = `/aws-service-role/${input.AWSServiceName}/`;
    return this.createRole({ RoleName, Path, AssumeRolePolicyDocument: trust, Description: input.Description });
  }

  public putRolePolicy(roleName: string, policyName: string, document: unknown): void {
    assertPolicyDocument(document, 'identity');
    this.roles.required(roleName).inline.set(policyName, document);
    this.changed(roleName);
  }

  public attach(roleName: string, policyArn: string): void {
    this.assertAttachable(policyArn);
    this.roles.required(roleName).attached.add(policyArn);
    this.changed(roleName);
  }

  public createPolicy(properties: Properties): ManagedPolicy {
    assertPolicyDocument(properties.PolicyDocument, 'identity');
    const { PolicyName, Path, PolicyDocument: document, Description: description } = properties;
    return this.policies.add(PolicyName, Path, this.world.now, { document, description });
  }

  public updatePolicy(arn: string, document: unknown): void {
    assertPolicyDocument(document, 'identity');
    this.requiredPolicy(arn).document = document;
    this.roles.all().filter((role) => role.attached.has(arn)).forEach(({ name }) => this.changed(name));
  }

  public deletePolicy(arn: string): void {
    const policy = this.requiredPolicy(arn);
    if (this.roles.all().some((role) => role.attached.has(arn))) {
      throw new AwsError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409);
    }
    this.policies.remove(policy.name);
  }

  public requiredPolicy(arn: string): ManagedPolicy {
    const policy = this.policies.byArn(arn);
    if (!policy) throw new AwsError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
    return policy;
  }

  public createInstanceProfile(name: string, path: string | undefined, roles: string[] = []): InstanceProfile {
    const profile = this.instanceProfiles.add(name, path, this.world.now, { roles: [] });
    this.setRoles(profile.name, roles);
    return profile;
  }

  public setRoles(profile: string, roles: string[] = []): void {
    if (roles.length > 1) throw new AwsError('LimitExceeded', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1', 409);
    roles.forEach((role) => this.roles.required(role));
    this.instanceProfiles.required(profile).roles = [...roles];
  }

  private assertRole(properties: Properties): void {
    assertPolicyDocument(properties.AssumeRolePolicyDocument, 'trust');
    for (const policy of (properties.Policies ?? []) as Properties[]) assertPolicyDocument(policy.PolicyDocument, 'identity');
    for (const arn of (properties.ManagedPolicyArns ?? []) as string[]) this.assertAttachable(arn);
    const duration = properties.MaxSessionDuration as number | undefined;
    if (duration !== undefined && (duration < 3600 || duration > 43200)) throw new AwsError('ValidationError', `The MaxSessionDuration ${duration} is not between 3600 and 43200`);
  }

  private applyRole(role: Role, properties: Properties): void {
    role.trust = properties.AssumeRolePolicyDocument;
    role.description = properties.Description;
    role.maxSessionDuration = properties.MaxSessionDuration ?? 3600;
    role.permissionsBoundary = properties.PermissionsBoundary;
    role.tags = properties.Tags ?? [];
    for (const arn of (properties.ManagedPolicyArns ?? []) as string[]) role.attached.add(arn);
    for (const policy of (properties.Policies ?? []) as Properties[]) role.inline.set(policy.PolicyName, policy.PolicyDocument);
    this.changed(role.name);
  }

  private changed(roleName: string): void {
    this.changedAt.set(roleName, this.world.now);
  }

  /** Policies of AWS are taken for granted. */
  private assertAttachable(arn: string): void {
    if (!arn.startsWith('arn:aws:iam::aws:policy/')) this.requiredPolicy(arn);
  }
}
