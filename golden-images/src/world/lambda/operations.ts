import { AwsError, page, refuseUnknown, type Operation } from '../kernel';
import { mappingMembers, type EventSourceMapping } from './event-source';
import { describedConfiguration, functionMembers, type LambdaFunction } from './function';
import type { LambdaService } from './lambda';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Input = any;

export function lambdaOperations(lambda: LambdaService): Record<string, Operation> {
  return { ...functionOperations(lambda), ...versionOperations(lambda), ...mappingOperations(lambda), Invoke: (input) => invoke(lambda, input) };
}

async function invoke(lambda: LambdaService, input: Input): Promise<Record<string, unknown>> {
  refuseUnknown('lambda:Invoke', input, ['FunctionName', 'InvocationType', 'LogType', 'Payload', 'Qualifier']);
  const text = input.Payload ? Buffer.from(input.Payload).toString() : '{}';
  const payload = parsed(text);
  const version = lambda.version(input.FunctionName, input.Qualifier);
  if (input.InvocationType === 'DryRun') return { StatusCode: 204 };
  if (input.InvocationType === 'Event') {
    lambda.invokeAsync(version.arn, text);
    return { StatusCode: 202 };
  }
  const before = lambda.logs(version.functionName).length;
  const result = await lambda.invoke(input.FunctionName, payload, input.Qualifier);
  const tail = lambda.logs(version.functionName).slice(before).map((line) => line.text).join('\n').slice(-4096);
  return {
    StatusCode: 200,
    ExecutedVersion: version.version,
    Payload: Buffer.from(JSON.stringify(result.payload)),
    ...(result.functionError ? { FunctionError: result.functionError } : {}),
    ...(input.LogType === 'Tail' ? { LogResult: Buffer.from(tail).toString('base64') } : {}),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${(error as Error).message}`, 400, { Type: 'User' });
  }
}

function functionOperations(lambda: LambdaService): Record<string, Operation> {
  return {
    CreateFunction: (input) => {
      refuseUnknown('lambda:CreateFunction', input, [...functionMembers, 'Publish']);
      const { Publish: publish, ...rest } = input;
      const made = lambda.create(rest);
      return describedConfiguration(publish ? lambda.publish(made.name) : made.latest);
    },
    UpdateFunctionCode: async (input) => {
      refuseUnknown('lambda:UpdateFunctionCode', input, ['FunctionName', 'ZipFile', 'S3Bucket', 'S3Key', 'Publish']);
      const { FunctionName: name, Publish: publish, ...Code } = input;
      const updated = await lambda.update(name, { Code });
      return describedConfiguration(publish ? lambda.publish(name) : updated.latest);
    },
    UpdateFunctionConfiguration: async (input) => {
      const { FunctionName: name, ...rest } = input;
      return describedConfiguration((await lambda.update(name, rest)).latest);
    },
    DeleteFunction: async (input) => {
      refuseUnknown('lambda:DeleteFunction', input, ['FunctionName']);
      await lambda.delete(input.FunctionName);
    },
    GetFunction: (input) => described(lambda, lambda.required(input.FunctionName), input.Qualifier),
    GetFunctionConfiguration: (input) => describedConfiguration(lambda.version(input.FunctionName, input.Qualifier)),
    ListFunctions: (input) => {
      refuseUnknown('lambda:ListFunctions', input, ['Marker', 'MaxItems']);
      const { items, NextToken: NextMarker } = page([...lambda.functions.values()], input.MaxItems ?? 50, input.Marker);
      return { Functions: items.map((each) => describedConfiguration(each.latest)), NextMarker };
    },
    PutFunctionConcurrency: (input) => {
      lambda.required(input.FunctionName).reservedConcurrency = input.ReservedConcurrentExecutions;
      return { ReservedConcurrentExecutions: input.ReservedConcurrentExecutions };
    },
    DeleteFunctionConcurrency: (input) => void (lambda.required(input.FunctionName).reservedConcurrency = undefined),
  };
}

function described(lambda: LambdaService, found: LambdaFunction, qualifier?: string): Record<string, unknown> {
  return {
    Configuration: describedConfiguration(lambda.version(found.name, qualifier)),
    Code: { RepositoryType: 'S3' },
    Tags: Object.fromEntries((found.latest.configuration.Tags ?? []).map((tag: { Key: string; Value: string }) => [tag.Key, tag.Value])),
    ...(found.reservedConcurrency === undefined ? {} : { Concurrency: { ReservedConcurrentExecutions: found.reservedConcurrency } }),
  };
}

function versionOperations(lambda: LambdaService): Record<string, Operation> {
  return {
    PublishVersion: (input) => {
      refuseUnknown('lambda:PublishVersion', input, ['FunctionName', 'Description', 'CodeSha256']);
      return describedConfiguration(lambda.publish(input.FunctionName, input.Description));
    },
    ListVersionsByFunction: (input) => {
      refuseUnknown('lambda:ListVersionsByFunction', input, ['FunctionName', 'Marker', 'MaxItems']);
      const found = lambda.required(input.FunctionName);
      const { items, NextToken: NextMarker } = page([found.latest, ...found.published.values()], input.MaxItems ?? 50, input.Marker);
      return { Versions: items.map(describedConfiguration), NextMarker };
    },
    GetAlias: (input) => {
      const found = lambda.required(input.FunctionName);
      const alias = found.aliases.get(input.Name);
      if (!alias) throw new AwsError('ResourceNotFoundException', `Cannot find alias arn: ${found.arn}:${input.Name}`, 404, { Type: 'User' });
      return { AliasArn: `${found.arn}:${input.Name}`, Name: input.Name, FunctionVersion: alias.version, Description: alias.description };
    },
  };
}

function mappingOperations(lambda: LambdaService): Record<string, Operation> {
  const required = (id: string): EventSourceMapping => {
    const mapping = lambda.mappings.get(id);
    if (!mapping) throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' });
    return mapping;
  };
  const shown = (mapping: EventSourceMapping): Record<string, unknown> => ({
    UUID: mapping.id,
    ...mapping.configuration,
    FunctionArn: lambda.required(mapping.configuration.FunctionName).arn,
    State: mapping.enabled ? 'Enabled' : 'Disabled',
  });
  return {
    CreateEventSourceMapping: (input) => {
      refuseUnknown('lambda:CreateEventSourceMapping', input, mappingMembers);
      return shown(lambda.createMapping(input));
    },
    GetEventSourceMapping: (input) => shown(required(input.UUID)),
    UpdateEventSourceMapping: (input) => {
      const { UUID: id, ...rest } = input;
      required(id);
      return shown(lambda.updateMapping(id, rest));
    },
    DeleteEventSourceMapping: (input) => {
      const mapping = required(input.UUID);
      lambda.deleteMapping(mapping.id);
      return shown(mapping);
    },
    ListEventSourceMappings: (input) => {
      refuseUnknown('lambda:ListEventSourceMappings', input, ['FunctionName', 'EventSourceArn', 'Marker', 'MaxItems']);
      const wanted = [...lambda.mappings.values()]
        .filter((each) => !input.FunctionName || lambda.required(each.configuration.FunctionName) === lambda.required(input.FunctionName))
        .filter((each) => !input.EventSourceArn || each.queueArn === input.EventSourceArn);
      const { items, NextToken: NextMarker } = page(wanted, input.MaxItems ?? 100, input.Marker);
      return { EventSourceMappings: items.map(shown), NextMarker };
    },
  };
}
