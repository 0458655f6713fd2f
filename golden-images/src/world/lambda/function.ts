import { sessionArn } from '../iam/principal';
import { AwsError, NotModelled, type World } from '../kernel';
import type { LambdaService } from './lambda';
import { StsService } from '../sts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Configuration = Record<string, any>;

/** One version of a function: what an invocation runs. `$LATEST` is replaced at every change, numbered versions never change. */
export interface Version {
  readonly functionName: string;
  readonly version: string;
  readonly arn: string;
  /** Members of CreateFunction, checked. */
  readonly configuration: Configuration;
  readonly folder: string;
  readonly codeSha256: string;
  readonly codeSize: number;
  readonly modifiedAt: number;
}

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  latest: Version;
  readonly published: Map<string, Version>;
  /** Version by alias. */
  readonly aliases: Map<string, { version: string; description?: string }>;
  lastPublished: number;
  /** What `$LATEST` was when the last version was published. */
  publishedFrom?: Version;
  /** Recorded: permissions are not enforced. */
  readonly permissions: Map<string, Configuration>;
  /** URL ids by qualifier. */
  readonly urls: Map<string, { id: string; authType: string; invokeMode: string }>;
  eventInvoke: { maximumRetryAttempts: number; maximumEventAgeSeconds: number; onFailure?: string };
  reservedConcurrency?: number;
}

/** Members that are kept and shown, without effect here. */
const recorded = ['Architectures', 'Description', 'EphemeralStorage', 'KmsKeyArn', 'LoggingConfig', 'RuntimeManagementConfig', 'RecursiveLoop', 'TracingConfig', 'VpcConfig', 'Role'];
export const functionMembers = [...recorded, 'FunctionName', 'Code', 'DeadLetterConfig', 'Environment', 'Handler', 'MemorySize', 'PackageType', 'Runtime', 'Tags', 'Timeout'];

/** Checks the members of CreateFunction as Lambda does, and that the local AWS can run it. */
export function checkConfiguration(configuration: Configuration): void {
  for (const member of Object.keys(configuration)) if (!functionMembers.includes(member)) throw new NotModelled(`lambda:CreateFunction ${member}`);
  if ((configuration.PackageType ?? 'Zip') !== 'Zip') throw new NotModelled('functions in container images');
  if (!/^nodejs\d+\.x$/.test(configuration.Runtime ?? '')) throw new NotModelled(`the runtime ${configuration.Runtime} of functions`);
  if (!/^[^.\s][^\s]*\.[^.\s]+$/.test(configuration.Handler ?? '')) throw invalid(`${configuration.Handler} is not a valid handler`);
  if (!configuration.Role) throw invalid('The role defined for the function cannot be assumed by Lambda.');
  inRange('timeout', configuration.Timeout ?? 3, 1, 900);
  inRange('memorySize', configuration.MemorySize ?? 128, 128, 10240);
}

/** The part of a function's name or ARN that names it, and its qualifier. */
export function parseFunctionName(text: string): { name: string; qualifier?: string } {
  const parts = text.replace(/^arn:[^:]+:lambda:[^:]+:\d+:function:/, '').replace(/^\d{12}:function:/, '').split(':');
  return { name: parts[0]!, ...(parts[1] ? { qualifier: parts[1] } : {}) };
}

/**
 * What a function sees as its environment, with credentials of its own: a session of its role that has the name of the function
 * (assumption: service-role-session).
 */
export function environmentOf(world: World, version: Version): Record<string, string> {
  const { configuration, functionName } = version;
  const session = world.get(StsService).issue(sessionArn(world, String(configuration.Role).split('/').at(-1)!, functionName));
  return {
    ...(configuration.Environment?.Variables ?? {}),
    AWS_REGION: world.region,
    AWS_DEFAULT_REGION: world.region,
    AWS_ACCESS_KEY_ID: session.accessKeyId,
    AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
    AWS_SESSION_TOKEN: session.sessionToken,
    ...(world.endpoint ? { AWS_ENDPOINT_URL: world.endpoint } : {}),
    AWS_LAMBDA_FUNCTION_NAME: version.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.MemorySize ?? 128),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(version),
    AWS_LAMBDA_LOG_STREAM_NAME: `[${version.version}]`,
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.Runtime}`,
    LAMBDA_TASK_ROOT: version.folder,
    _HANDLER: configuration.Handler,
    TZ: ':UTC',
  };
}

export const logGroupOf = (version: Version): string => version.configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${version.functionName}`;

/** A configuration as GetFunctionConfiguration shows it: always active, since nothing has to be provisioned here. */
export function describedConfiguration(version: Version): Configuration {
  const { Code: _code, Tags: _tags, Environment: environment, ...rest } = version.configuration;
  return {
    Timeout: 3,
    MemorySize: 128,
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    TracingConfig: { Mode: 'PassThrough' },
    ...rest,
    ...(environment ? { Environment: environment } : {}),
    FunctionName: version.functionName,
    FunctionArn: version.version === '$LATEST' ? version.arn.replace(/:\$LATEST$/, '') : version.arn,
    Version: version.version,
    CodeSha256: version.codeSha256,
    CodeSize: version.codeSize,
    LastModified: new Date(version.modifiedAt).toISOString().replace('Z', '+0000'),
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

export const notFound = (lambda: LambdaService, name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Function not found: ${lambda.arnOf(name)}`, 404, { Type: 'User' });

export const invalid = (message: string): AwsError => new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });

/** For resource types. */
export const noAttribute = (type: string, name: string): never => {
  throw new NotModelled(`the attribute ${name} of ${type}`);
};

function inRange(member: string, value: unknown, least: number, most: number): void {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least && number <= most) return;
  throw new AwsError('ValidationException', `1 validation error detected: Value '${String(value)}' at '${member}' failed to satisfy constraint: Member must have value between ${least} and ${most}`);
}
