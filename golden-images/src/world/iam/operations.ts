import type { IamService } from '../iam';
import { page, refuseUnknown, type Operation } from '../kernel';
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
      refuseUnknown('iam:ListRoles', input, ['PathPrefix', ...PAGE]);
      return listed(input, 'Roles', iam.roles.all().filter((role) => role.path.startsWith(input.PathPrefix ?? '/')).map(describeRole));
    },
    DeleteRole: (input) => iam.deleteRole(input.RoleName),
    CreateServiceLinkedRole: (input) => ({ Role: describeRole(iam.createServiceLinkedRole(input)) }),
    PutRolePolicy: (input) => iam.putRolePolicy(input.RoleName, input.PolicyName, parsedDocument(input.PolicyDocument)),
    AttachRolePolicy: (input) => iam.attach(input.RoleName, input.PolicyArn),
    ListRolePolicies: (input) => {
      refuseUnknown('iam:ListRolePolicies', input, ['RoleName', ...PAGE]);
      return listed(input, 'PolicyNames', [...iam.roles.required(input.RoleName).inline.keys()]);
    },
    ListAttachedRolePolicies: (input) => {
      refuseUnknown('iam:ListAttachedRolePolicies', input, ['RoleName', 'PathPrefix', ...PAGE]);
      const attached = [...iam.roles.required(input.RoleName).attached].filter((arn) => policyPath(arn).startsWith(input.PathPrefix ?? '/'));
      return listed(input, 'AttachedPolicies', attached.map((arn) => ({ PolicyArn: arn, PolicyName: arn.split('/').at(-1) })));
    },
    GetInstanceProfile: (input) => ({ InstanceProfile: describeProfile(iam, iam.instanceProfiles.required(input.InstanceProfileName)) }),
  };
}

const PAGE = ['Marker', 'MaxItems'];

/** A hundred items unless told otherwise (API reference, MaxItems). */
function listed(input: { MaxItems?: number; Marker?: string }, name: string, all: readonly unknown[]): Record<string, unknown> {
  const { items, NextToken } = page(all, input.MaxItems ?? 100, input.Marker);
  return { [name]: items, IsTruncated: NextToken !== undefined, Marker: NextToken };
}

/** `/service-role/` of `arn:aws:iam::aws:policy/service-role/Name`. */
const policyPath = (arn: string): string => /:policy(\/(?:.*\/)?)/.exec(arn)?.[1] ?? '/';

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
