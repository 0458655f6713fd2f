import { NotModelled, type Properties, type ResourceType } from '../kernel';
import { mappingMembers } from './event-source';
import { functionMembers, invalid, noAttribute, parseFunctionName } from './function';
import type { LambdaService } from './lambda';
import { accessResourceTypes } from './resource-types-access';

export function lambdaResourceTypes(lambda: LambdaService): Record<string, ResourceType> {
  return {
    'AWS::Lambda::Function': functionType(lambda),
    'AWS::Lambda::Version': versionType(lambda),
    'AWS::Lambda::Alias': aliasType(lambda),
    'AWS::Lambda::EventSourceMapping': mappingType(lambda),
    'AWS::Lambda::EventInvokeConfig': eventInvokeType(lambda),
    ...accessResourceTypes(lambda),
  };
}

function functionType(lambda: LambdaService): ResourceType {
  const configuration = ({ ReservedConcurrentExecutions: _reserved, FunctionName: _name, ...rest }: Properties): Properties => ({
    ...rest,
    ...(rest.Timeout === undefined ? {} : { Timeout: Number(rest.Timeout) }),
    ...(rest.MemorySize === undefined ? {} : { MemorySize: Number(rest.MemorySize) }),
  });
  const reserve = (name: string, properties: Properties): void => {
    const reserved = properties.ReservedConcurrentExecutions;
    lambda.required(name).reservedConcurrency = reserved === undefined ? undefined : Number(reserved);
  };
  return {
    properties: { ...Object.fromEntries(functionMembers.map((name) => [name, 'update' as const])), FunctionName: 'replace', PackageType: 'replace', ReservedConcurrentExecutions: 'update' },
    create: (context, properties) => {
      const name: string = properties.FunctionName ?? context.generateName(64);
      lambda.create({ ...configuration(properties), FunctionName: name, Tags: [...context.tags, ...(properties.Tags ?? [])] });
      reserve(name, properties);
      return name;
    },
    update: async (_, name, properties, previous) => {
      const removed = Object.fromEntries(Object.keys(previous).filter((key) => !(key in properties)).map((key) => [key, undefined]));
      const { Code: code, ...rest } = configuration({ ...removed, ...properties });
      const changedCode = JSON.stringify(properties.Code) !== JSON.stringify(previous.Code);
      await lambda.update(name, { ...rest, ...(changedCode ? { Code: code } : {}) });
      reserve(name, properties);
    },
    delete: (_, name) => lambda.delete(name),
    attribute: (name, attribute) => (attribute === 'Arn' ? lambda.required(name).arn : noAttribute('AWS::Lambda::Function', attribute)),
  };
}

function versionType(lambda: LambdaService): ResourceType {
  return {
    properties: { FunctionName: 'replace', Description: 'replace', CodeSha256: 'replace' },
    create: (_, properties) => lambda.publish(properties.FunctionName, properties.Description).arn,
    delete: (_, arn) => {
      const { name, qualifier } = parseFunctionName(arn);
      lambda.functions.get(name)?.published.delete(qualifier!);
    },
    attribute: (arn, name) => (name === 'Version' ? arn.split(':').pop() : name === 'FunctionArn' ? arn : noAttribute('AWS::Lambda::Version', name)),
  };
}

function aliasType(lambda: LambdaService): ResourceType {
  const put = (properties: Properties): string => {
    const target = lambda.required(properties.FunctionName);
    if (!/^(\$LATEST|\d+)$/.test(String(properties.FunctionVersion))) throw invalid(`an alias points to a version, not to ${properties.FunctionVersion}`);
    lambda.version(target.name, String(properties.FunctionVersion));
    target.aliases.set(properties.Name, { version: properties.FunctionVersion, description: properties.Description });
    return `${target.arn}:${properties.Name}`;
  };
  return {
    properties: { FunctionName: 'replace', Name: 'replace', FunctionVersion: 'update', Description: 'update' },
    create: (_, properties) => put(properties),
    update: (_context, _id, properties) => void put(properties),
    delete: (_, arn) => void lambda.functions.get(parseFunctionName(arn).name)?.aliases.delete(arn.split(':').pop()!),
    attribute: (arn, name) => (name === 'AliasArn' ? arn : noAttribute('AWS::Lambda::Alias', name)),
  };
}

function mappingType(lambda: LambdaService): ResourceType {
  return {
    properties: { ...Object.fromEntries(mappingMembers.map((name) => [name, 'update' as const])), EventSourceArn: 'replace' },
    create: (_, properties) => lambda.createMapping(properties).id,
    update: (_, id, properties) => void lambda.updateMapping(id, properties),
    delete: (_, id) => lambda.deleteMapping(id),
    attribute: (id, name) => {
      if (name === 'Id') return id;
      if (name === 'EventSourceMappingArn') return lambda.arnOf('').replace('function:', `event-source-mapping:${id}`);
      return noAttribute('AWS::Lambda::EventSourceMapping', name);
    },
  };
}

function eventInvokeType(lambda: LambdaService): ResourceType {
  const put = (properties: Properties): void => {
    if (properties.Qualifier !== '$LATEST') throw new NotModelled('asynchronous settings of a version or an alias');
    if (properties.DestinationConfig?.OnSuccess) throw new NotModelled('success destinations of functions');
    lambda.required(properties.FunctionName).eventInvoke = {
      maximumRetryAttempts: Number(properties.MaximumRetryAttempts ?? 2),
      maximumEventAgeSeconds: Number(properties.MaximumEventAgeInSeconds ?? 21600),
      onFailure: properties.DestinationConfig?.OnFailure?.Destination,
    };
  };
  return {
    properties: { FunctionName: 'replace', Qualifier: 'replace', MaximumRetryAttempts: 'update', MaximumEventAgeInSeconds: 'update', DestinationConfig: 'update' },
    create: (_, properties) => {
      put(properties);
      return `${lambda.required(properties.FunctionName).name}|${properties.Qualifier}`;
    },
    update: (_context, _id, properties) => put(properties),
    delete: (_, id) => {
      const target = lambda.functions.get(id.split('|')[0]!);
      if (target) target.eventInvoke = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21600 };
    },
    attribute: (_, name) => noAttribute('AWS::Lambda::EventInvokeConfig', name),
  };
}
