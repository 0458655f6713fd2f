import type { IamService } from '../iam';
import { NotModelled, type Properties, type ResourceType } from '../kernel';

export function iamResourceTypes(iam: IamService): Record<string, ResourceType> {
  return {
    'AWS::IAM::Role': roleType(iam),
    'AWS::IAM::Policy': inlinePolicyType(iam),
    'AWS::IAM::ManagedPolicy': managedPolicyType(iam),
    'AWS::IAM::InstanceProfile': instanceProfileType(iam),
    'AWS::IAM::ServiceLinkedRole': serviceLinkedRoleType(iam),
  };
}

function roleType(iam: IamService): ResourceType {
  return {
    properties: {
      AssumeRolePolicyDocument: 'update',
      Description: 'update',
      ManagedPolicyArns: 'update',
      MaxSessionDuration: 'update',
      Path: 'replace',
      PermissionsBoundary: 'update',
      Policies: 'update',
      RoleName: 'replace',
      Tags: 'update',
    },
    create: (context, properties) => {
      const Tags = [...(properties.Tags ?? []), ...context.tags];
      return iam.createRole({ ...properties, RoleName: properties.RoleName ?? context.generateName(64), Tags }).name;
    },
    update: (context, name, properties, previous) =>
      iam.updateRole(name, { ...properties, Tags: [...(properties.Tags ?? []), ...context.tags] }, previous),
    delete: (_context, name) => iam.deleteRole(name, { detach: true }),
    attribute: (name, attribute) => {
      const role = iam.roles.required(name);
      if (attribute === 'Arn') return role.arn;
      if (attribute === 'RoleId') return role.id;
      throw unknownAttribute('Role', attribute);
    },
  };
}

/** A policy inside of roles; it has no existence of its own. */
function inlinePolicyType(iam: IamService): ResourceType {
  const put = ({ PolicyName, PolicyDocument, Roles = [] }: Properties): void =>
    (Roles as string[]).forEach((role) => iam.putRolePolicy(role, PolicyName, PolicyDocument));
  const drop = ({ PolicyName, Roles = [] }: Properties, kept: string[] = []): void =>
    (Roles as string[]).filter((role) => !kept.includes(role)).forEach((role) => iam.roles.find(role)?.inline.delete(PolicyName));
  return {
    properties: { PolicyName: 'update', PolicyDocument: 'update', Roles: 'update' },
    create: (context, properties) => {
      put(properties);
      return context.generateName();
    },
    update: (_context, _id, properties, previous) => {
      drop(previous, properties.PolicyName === previous.PolicyName ? properties.Roles : []);
      put(properties);
    },
    delete: (_context, _id, properties) => drop(properties),
    attribute: (_id, attribute) => {
      throw unknownAttribute('Policy', attribute);
    },
  };
}

function managedPolicyType(iam: IamService): ResourceType {
  const attach = (arn: string, roles: string[], previous: string[] = []): void => {
    previous.filter((role) => !roles.includes(role)).forEach((role) => iam.roles.find(role)?.attached.delete(arn));
    roles.forEach((role) => iam.attach(role, arn));
  };
  return {
    properties: {
      Description: 'replace', ManagedPolicyName: 'replace', Path: 'replace', PolicyDocument: 'update', Roles: 'update',
    },
    create: (context, properties) => {
      const { arn } = iam.createPolicy({ ...properties, PolicyName: properties.ManagedPolicyName ?? context.generateName(128) });
      attach(arn, properties.Roles ?? []);
      return arn;
    },
    update: (_context, arn, properties, previous) => {
      iam.updatePolicy(arn, properties.PolicyDocument);
      attach(arn, properties.Roles ?? [], previous.Roles);
    },
    delete: (_context, arn, properties) => {
      attach(arn, [], properties.Roles);
      iam.deletePolicy(arn);
    },
    attribute: (arn, attribute) => {
      const policy = iam.requiredPolicy(arn);
      if (attribute === 'PolicyArn') return policy.arn;
      if (attribute === 'PolicyId') return policy.id;
      throw unknownAttribute('ManagedPolicy', attribute);
    },
  };
}

function instanceProfileType(iam: IamService): ResourceType {
  return {
    properties: { InstanceProfileName: 'replace', Path: 'replace', Roles: 'update' },
    create: (context, properties) =>
      iam.createInstanceProfile(properties.InstanceProfileName ?? context.generateName(128), properties.Path, properties.Roles).name,
    update: (_context, name, properties) => iam.setRoles(name, properties.Roles),
    delete: (_context, name) => iam.instanceProfiles.remove(name),
    attribute: (name, attribute) => {
      if (attribute === 'Arn') return iam.instanceProfiles.required(name).arn;
      throw unknownAttribute('InstanceProfile', attribute);
    },
  };
}

function serviceLinkedRoleType(iam: IamService): ResourceType {
  return {
    properties: { AWSServiceName: 'replace', CustomSuffix: 'replace', Description: 'update' },
    create: (_context, properties) => iam.createServiceLinkedRole(properties as { AWSServiceName: string }).name,
    update: (_context, name, properties) => {
      iam.roles.required(name).description = properties.Description;
    },
    delete: (_context, name) => iam.roles.remove(name),
    attribute: (name, attribute) => {
      if (attribute === 'RoleName') return iam.roles.required(name).name;
      throw unknownAttribute('ServiceLinkedRole', attribute);
    },
  };
}

function unknownAttribute(type: string, attribute: string): NotModelled {
  return new NotModelled(`the attribute ${attribute} of AWS::IAM::${type}`);
}
