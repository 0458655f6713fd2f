import type { World } from '../kernel';
import type { ProjectInput } from './project';
import { SsmService } from '../ssm/ssm';

export type BuildStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

type Variables = NonNullable<ProjectInput['environment']['environmentVariables']>;

/** A build as a script sees it. */
export interface Build {
  readonly id: string;
  readonly arn: string;
  readonly number: number;
  readonly project: ProjectInput;
  readonly variables: Variables;
  readonly initiator: string;
  readonly startedAt: number;
  readonly token?: string;
  status: BuildStatus;
  endedAt?: number;
  reason?: string;
}

/** What a build does: this model runs no commands, so whoever uses it says what comes of them. Throws where the commands would fail. */
export type BuildScript = (build: Build, environment: Readonly<Record<string, string>>) => Promise<void> | void;

/** The environment of the commands. Values of Parameter Store are read as the build starts. */
export function environmentOf(world: World, build: Build): Record<string, string> {
  const own = Object.fromEntries(build.variables.map(({ name, value, type }) => {
    if (type === 'SECRETS_MANAGER') return [name, `secret ${value}`];
    if (type !== 'PARAMETER_STORE') return [name, value];
    const found = world.get(SsmService).value(value);
    if (found === undefined) throw new Error(`Parameter store variable ${value}: ParameterNotFound`);
    return [name, found];
  }));
  return {
    ...own,
    AWS_REGION: world.region,
    CODEBUILD_BUILD_ARN: build.arn,
    CODEBUILD_BUILD_ID: build.id,
    CODEBUILD_BUILD_NUMBER: String(build.number),
    CODEBUILD_INITIATOR: build.initiator,
    CODEBUILD_START_TIME: String(build.startedAt),
  };
}

/** As BatchGetBuilds shows it. */
export function described(build: Build): Record<string, unknown> {
  const complete = build.status !== 'IN_PROGRESS';
  const contexts = build.reason ? [{ statusCode: 'COMMAND_EXECUTION_ERROR', message: build.reason }] : [];
  return {
    id: build.id,
    arn: build.arn,
    buildNumber: build.number,
    projectName: build.project.name,
    startTime: new Date(build.startedAt),
    ...(build.endedAt === undefined ? {} : { endTime: new Date(build.endedAt) }),
    currentPhase: complete ? 'COMPLETED' : 'BUILD',
    buildStatus: build.status,
    buildComplete: complete,
    initiator: build.initiator,
    environment: { ...build.project.environment, environmentVariables: build.variables },
    phases: [
      { phaseType: 'SUBMITTED', phaseStatus: 'SUCCEEDED', startTime: new Date(build.startedAt) },
      { phaseType: 'BUILD', startTime: new Date(build.startedAt), ...(complete ? { phaseStatus: build.status } : {}), contexts },
    ],
  };
}
