import type { IamService } from '../iam';
import { refuseUnknown, type Operation } from '../kernel';
import type { InstanceProfile, Role } from './entities';
import { parsedDocument } from './policy-document';

export function iamOperations(iam: IamService): Record<string, Operation> {
  return {
    CreateRole: (input) => {
      refuseUnknown('iam:CreateRole', input, ['RoleName', 'Path', 'AssumeRolePolicyDocument', 'Description', 'MaxSessionDuration', 'PermissionsBoundary', 'Tags']);
      const AssumeRolePolicyDocument = parsedDocument(input.AssumeRolePolicyDocument);
      return { Role: describeRole(iam.createRole({ ...input, AssumeRolePolicyDocument })) };
    },
    GetRole: (input) => ({ Role: describeRole(iam.roles.required(input.RoleName)) }),
    ListRoles: (input) => {
      refuseUnknown('iam:ListRoles', input, ['PathPrefix']);
      return { Roles: iam.roles.all().filter((role) => role.path.startsWith(input.PathPrefix ?? '/')).map(describeRole), IsTruncated: false };
    },
    DeleteRole: (input) => iam.deleteRole(input.RoleName),
    CreateServiceLinkedRole: (input) => ({ Role: describeRole(iam.createServiceLinkedRole(input)) }),
    PutRolePolicy: (input) => iam.putRolePolicy(input.RoleName, input.PolicyName, parsedDocument(input.PolicyDocument)),
    AttachRolePolicy: (input) => iam.attach(input.RoleName, input.PolicyArn),
    ListRolePolicies: (input) => ({ PolicyNames: [...iam.roles.required(input.RoleName).inline.keys()], IsTruncated: false }),
    ListAttachedRolePolicies: (input) => ({
      AttachedPolicies: [...iam.roles.required(input.RoleName).attached].map((arn) => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) })),
      IsTruncated: false,
    }),
    GetInstanceProfile: (input) => ({ InstanceProfile: describeProfile(iam, iam.instanceProfiles.required(input.InstanceProfileName)) }),
  };
}

function describeRole(role: Role): Record<string, unknown> {
  return {
    RoleName: role.name,
    RoleId: role.id,
    Path: role.path,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trust)),
    Tags: role.tags,
    PermissionsBoundary: role.permissionsBoundary && { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: role.permissionsBoundary },
  };
}

function describeProfile(iam: IamService, profile: InstanceProfile): Record<string, unknown> {
  return {
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Path: profile.path,
    Arn: profile.arn,
    CreateDate: new Date(profile.createdAt),
    Roles: profile.roles.map((name) => describeRole(iam.roles.required(name))),
  };
}
