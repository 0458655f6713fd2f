import { createHash } from 'crypto';
import { callAws, unless } from './errors';
import { postSigned, type Signing } from './signed';
import { TransientError, type ProjectBuild, type ProjectBuilds } from '../ports';

/** Marks what a controller started. */
const MARK = 'GOLDEN_IMAGES_BUILD';
/** More than run between two looks; BatchGetBuilds takes 100. */
const NEWEST = 50;

interface Build {
  readonly arn: string;
  readonly projectName: string;
  readonly buildNumber?: number;
  readonly buildStatus: string;
  /** Seconds since 1970. */
  readonly startTime: number;
  readonly environment?: { readonly environmentVariables?: ReadonlyArray<{ readonly name: string }> };
  readonly phases?: readonly Phase[];
}

interface Phase {
  readonly phaseType?: string;
  readonly phaseStatus?: string;
  readonly contexts?: ReadonlyArray<{ readonly message?: string }>;
}

/** AWS CodeBuild by its JSON protocol: three operations of it are not worth a client. */
export class CodeBuildBuilds implements ProjectBuilds {
  public constructor(private readonly endpoint: string, private readonly signing: Omit<Signing, 'service'>) {}

  public async find(buildArn: string): Promise<ProjectBuild | undefined> {
    const { builds = [] } = await this.call<{ builds?: Build[] }>('BatchGetBuilds', { ids: [buildArn] });
    return builds[0] && seen(builds[0]);
  }

  public async of(projectName: string): Promise<ProjectBuild[] | undefined> {
    const list = await unless(['ResourceNotFoundException'], () =>
      this.call<{ ids?: string[] }>('ListBuildsForProject', { projectName, sortOrder: 'DESCENDING' }));
    const ids = list?.ids?.slice(0, NEWEST) ?? [];
    if (ids.length === 0) return list && [];
    const { builds = [] } = await this.call<{ builds?: Build[] }>('BatchGetBuilds', { ids });
    return builds.map(seen);
  }

  public async start(projectName: string, token: string): Promise<string> {
    try {
      const { build } = await this.call<{ build: Build }>('StartBuild', {
        projectName,
        idempotencyToken: createHash('sha256').update(token).digest('hex'),
        environmentVariablesOverride: [{ name: MARK, value: token, type: 'PLAINTEXT' }],
      });
      return build.arn;
    } catch (error) {
      // One build of a project at a time: whoever started another one, it comes to its end (assumption: codebuild-limit-error).
      if ((error as { code?: string }).code === 'AccountLimitExceededException') throw new TransientError((error as Error).message, 300);
      throw error;
    }
  }

  private call<T>(operation: string, input: object): Promise<T> {
    return callAws(`codebuild:${operation}`, async () => {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `CodeBuild_20161006.${operation}` };
      const response = await postSigned(this.endpoint, JSON.stringify(input), headers, { ...this.signing, service: 'codebuild' });
      const text = await response.text();
      if (!response.ok) throw failure(response.status, text);
      return JSON.parse(text) as T;
    });
  }
}

/** As the SDK would throw it. */
function failure(status: number, text: string): Error {
  const { __type: type = 'Unknown', message = text } = parsed(text);
  return Object.assign(new Error(message), { name: type.split('#').pop()!, $metadata: { httpStatusCode: status } });
}

function parsed(text: string): { __type?: string; message?: string } {
  try {
    return JSON.parse(text) as { __type?: string; message?: string };
  } catch {
    return {};
  }
}

function seen({ arn, projectName, buildNumber, buildStatus, startTime, environment, phases }: Build): ProjectBuild {
  const status = { IN_PROGRESS: 'in-flight' as const, SUCCEEDED: 'succeeded' as const }[buildStatus] ?? 'failed';
  const failed = phases?.find(({ phaseStatus }) => phaseStatus && !['SUCCEEDED', 'IN_PROGRESS'].includes(phaseStatus));
  const reason = [buildStatus, failed?.phaseType, failed?.contexts?.[0]?.message].filter(Boolean).join(': ');
  return {
    arn,
    projectName,
    number: buildNumber ?? 0,
    status,
    startedAt: startTime * 1000,
    ours: environment?.environmentVariables?.some(({ name }) => name === MARK) ?? false,
    ...(status === 'failed' ? { reason } : {}),
  };
}
