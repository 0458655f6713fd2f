import { AwsError, NotModelled, refuseUnknown, type Properties, type ResourceType } from '../kernel';
import type { CodeBuildService } from './code-build';

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly type?: 'PLAINTEXT' | 'PARAMETER_STORE' | 'SECRETS_MANAGER';
}

/** The members of CreateProject, as the SDK's client gives them. */
export interface ProjectInput {
  readonly name: string;
  readonly description?: string;
  readonly source: { readonly type: string; readonly location?: string; readonly buildspec?: string };
  readonly artifacts: { readonly type: string };
  readonly environment: {
    readonly type: string;
    readonly image: string;
    readonly computeType: string;
    readonly privilegedMode?: boolean;
    readonly environmentVariables?: Variable[];
  };
  readonly serviceRole: string;
  readonly timeoutInMinutes?: number;
  readonly concurrentBuildLimit?: number;
}

export const projectMembers = [
  'name', 'description', 'source', 'artifacts', 'environment', 'serviceRole', 'timeoutInMinutes', 'queuedTimeoutInMinutes', 'encryptionKey', 'tags',
  'vpcConfig', 'logsConfig', 'concurrentBuildLimit',
];

/** Checks what CreateProject checks; of nested members only those that are known here. */
export function checkProject(input: ProjectInput): void {
  refuseUnknown('codebuild:CreateProject', input, projectMembers);
  refuseUnknown('codebuild:CreateProject source', input.source, ['type', 'location', 'buildspec']);
  refuseUnknown('codebuild:CreateProject artifacts', input.artifacts, ['type']);
  refuseUnknown('codebuild:CreateProject environment', input.environment, ['type', 'image', 'computeType', 'privilegedMode', 'environmentVariables', 'imagePullCredentialsType']);
  for (const member of ['name', 'source', 'artifacts', 'environment', 'serviceRole'] as const) {
    if (!input[member]) throw invalid(`Project ${member} is required`);
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/.test(input.name)) throw invalid(`Invalid project name: ${input.name}`);
  const { timeoutInMinutes: timeout = 60 } = input;
  // API reference of CreateProject: 5 to 2160 minutes (36 hours).
  if (timeout < 5 || timeout > 2160) throw invalid('Invalid timeout value: timeout must be between 5 and 2160 minutes');
  if (!['NO_SOURCE', 'S3'].includes(input.source.type)) throw new NotModelled(`codebuild sources of type ${input.source.type}`);
  if (input.artifacts.type !== 'NO_ARTIFACTS') throw new NotModelled(`codebuild artifacts of type ${input.artifacts.type}`);
  if (input.source.type === 'NO_SOURCE' && !input.source.buildspec) throw invalid('No buildspec specified, a project without source needs one');
}

export const invalid = (message: string): AwsError => new AwsError('InvalidInputException', message);

const properties = [
  'Description', 'Source', 'Artifacts', 'Environment', 'ServiceRole', 'TimeoutInMinutes', 'QueuedTimeoutInMinutes', 'EncryptionKey', 'Tags', 'VpcConfig',
  'LogsConfig', 'ConcurrentBuildLimit',
];

export function projectType(codeBuild: CodeBuildService): ResourceType {
  return {
    properties: { Name: 'replace', ...Object.fromEntries(properties.map((name) => [name, 'update' as const])) },
    create: (context, given) => codeBuild.createProject(inputOf({ ...given, Name: given.Name ?? context.generateName(255) })).name,
    update: (_context, name, given) => codeBuild.updateProject(inputOf({ ...given, Name: name })),
    delete: (_context, name) => codeBuild.deleteProject(name),
    attribute: (name, attribute) => {
      if (attribute === 'Arn') return codeBuild.projectArn(name);
      throw new NotModelled(`the attribute ${attribute} of AWS::CodeBuild::Project`);
    },
  };
}

/** Properties in the shape of the API: names begin in lower case, and the specification of a build is one word there. */
function inputOf(given: Properties): ProjectInput {
  const lower = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(lower);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key === 'BuildSpec' ? 'buildspec' : `${key[0]!.toLowerCase()}${key.slice(1)}`, lower(each)]));
  };
  const { timeoutInMinutes, concurrentBuildLimit, ...rest } = lower(given) as ProjectInput;
  return {
    ...rest,
    ...(timeoutInMinutes === undefined ? {} : { timeoutInMinutes: Number(timeoutInMinutes) }),
    ...(concurrentBuildLimit === undefined ? {} : { concurrentBuildLimit: Number(concurrentBuildLimit) }),
  };
}
