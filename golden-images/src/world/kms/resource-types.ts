import { assertPolicyDocument } from '../iam/policy-document';
import { NotModelled, type Properties, type ResourceType } from '../kernel';
import type { Keys } from './keys';

export function kmsResourceTypes(keys: Keys): Record<string, ResourceType> {
  return { 'AWS::KMS::Key': keyType(keys), 'AWS::KMS::Alias': aliasType(keys) };
}

function keyType(keys: Keys): ResourceType {
  return {
    properties: {
      KeyPolicy: 'update',
      Description: 'update',
      Enabled: 'update',
      EnableKeyRotation: 'update',
      RotationPeriodInDays: 'update',
      PendingWindowInDays: 'update',
      Tags: 'update',
      KeySpec: 'replace',
      KeyUsage: 'replace',
      MultiRegion: 'replace',
      Origin: 'replace',
    },
    create: (context, properties) => {
      const { KeySpec: spec = 'SYMMETRIC_DEFAULT', KeyUsage: usage = 'ENCRYPT_DECRYPT', MultiRegion: multiRegion = false } = properties;
      return keys.create({ spec, usage, multiRegion, ...changeable(properties), tags: [...(properties.Tags ?? []), ...context.tags] }).id;
    },
    update: (context, id, properties) => {
      Object.assign(keys.required(id), changeable(properties), { tags: [...(properties.Tags ?? []), ...context.tags] });
    },
    delete: (_context, id, properties) => {
      keys.scheduleDeletion(id, properties.PendingWindowInDays);
    },
    attribute: (id, attribute) => {
      if (attribute === 'Arn') return keys.required(id).arn;
      if (attribute === 'KeyId') return id;
      throw new NotModelled(`the attribute ${attribute} of AWS::KMS::Key`);
    },
  };
}

function changeable(properties: Properties): { policy: unknown; description: string; state: 'Enabled' | 'Disabled'; rotation: boolean } {
  if (properties.KeyPolicy) assertPolicyDocument(properties.KeyPolicy, 'resource');
  return {
    policy: properties.KeyPolicy,
    description: properties.Description ?? '',
    state: properties.Enabled === false ? 'Disabled' : 'Enabled',
    rotation: properties.EnableKeyRotation ?? false,
  };
}

function aliasType(keys: Keys): ResourceType {
  return {
    properties: { AliasName: 'replace', TargetKeyId: 'update' },
    create: (_context, { AliasName, TargetKeyId }) => {
      keys.addAlias(AliasName, TargetKeyId);
      return AliasName as string;
    },
    update: (_context, alias, { TargetKeyId }) => {
      keys.removeAlias(alias);
      keys.addAlias(alias, TargetKeyId);
    },
    delete: (_context, alias) => keys.removeAlias(alias),
    attribute: (_alias, attribute) => {
      throw new NotModelled(`the attribute ${attribute} of AWS::KMS::Alias`);
    },
  };
}
