import { CloudWatchService } from '../cloudwatch';
import { AwsError, page, refuseUnknown, Service, type Operation, type ResourceType, type World } from '../kernel';
import { described, environmentOf, type Build, type BuildScript, type BuildStatus } from './build';
import { answerJson, type HttpAnswer } from './json';
import { checkProject, invalid, projectType, type ProjectInput } from './project';

/** API reference of StartBuild: the token is valid for five minutes. */
const TOKEN_VALID = 5 * 60_000;
/** Until the container runs; not documented (assumption: codebuild-durations). */
const PROVISIONING = 60_000;

/**
 * AWS CodeBuild. Projects, their builds one after the other, state events and metrics; what the commands of a build do is told by a script
 * (`script`), since this model runs none. Recorded, not enforced: role, network, image, logs, buildspec.
 */
export class CodeBuildService extends Service {
  public override readonly signingName = 'codebuild';
  public override readonly resourceTypes: Readonly<Record<string, ResourceType>> = { 'AWS::CodeBuild::Project': projectType(this) };
  public override readonly operations: Readonly<Record<string, Operation>>;
  public readonly builds: Build[] = [];
  private readonly projects = new Map<string, ProjectInput>();
  private readonly scripts = new Map<string, BuildScript>();

  public constructor(world: World) {
    super(world);
    this.operations = {
      CreateProject: (input) => ({ project: { ...this.createProject(input), arn: this.projectArn(input.name) } }),
      DeleteProject: (input) => this.deleteProject(input.name),
      BatchGetProjects: ({ names }) => this.batchGetProjects(names),
      StartBuild: (input) => ({ build: described(this.start(input)) }),
      StopBuild: (input) => ({ build: described(this.stop(input.id)) }),
      BatchGetBuilds: (input) => this.batchGetBuilds(input),
      ListBuildsForProject: (input) => this.list(input),
    };
  }

  /** Answers a request of the JSON protocol. */
  public raw(headers: Readonly<Record<string, string>>, body: Uint8Array): Promise<HttpAnswer> {
    return answerJson('CodeBuild_20161006', headers, body, (operation, input) => this.world.call(this, operation, input));
  }

  /** Says what the builds of a project do from now on. */
  public script(projectName: string, script: BuildScript): void {
    this.scripts.set(projectName, script);
  }

  public projectArn(name: string): string {
    return this.world.arn('codebuild', `project/${this.required(name).name}`);
  }

  public createProject(input: ProjectInput): ProjectInput {
    checkProject(input);
    if (this.projects.has(input.name)) throw new AwsError('ResourceAlreadyExistsException', `Project already exists: ${this.projectArn(input.name)}`);
    this.projects.set(input.name, input);
    return input;
  }

  public updateProject(input: ProjectInput): void {
    this.required(input.name);
    checkProject(input);
    this.projects.set(input.name, input);
  }

  /** What runs is stopped; its builds stay known. */
  public deleteProject(name: string): void {
    this.projects.delete(name);
    this.builds.filter((build) => build.project.name === name).forEach((build) => this.end(build, 'STOPPED'));
  }

  /** Starts a build as another service does it. */
  public start(input: { projectName: string; idempotencyToken?: string; environmentVariablesOverride?: Build['variables'] }, initiator = 'root'): Build {
    refuseUnknown('codebuild:StartBuild', input, ['projectName', 'idempotencyToken', 'environmentVariablesOverride']);
    const project = this.required(input.projectName);
    const { idempotencyToken: token, environmentVariablesOverride: over = [] } = input;
    const same = this.builds.find((build) => token !== undefined && build.token === token && build.startedAt >= this.world.now - TOKEN_VALID);
    if (same) return same;
    this.refuseMore(project);
    const number = this.builds.filter((build) => build.project.name === project.name).length + 1;
    const id = `${project.name}:${this.world.random.uuid()}`;
    const kept = (project.environment.environmentVariables ?? []).filter(({ name }) => !over.some((each) => each.name === name));
    const build: Build = {
      id,
      arn: this.world.arn('codebuild', `build/${id}`),
      number,
      project,
      variables: [...kept, ...over],
      initiator,
      startedAt: this.world.now,
      status: 'IN_PROGRESS',
      ...(token ? { token } : {}),
    };
    this.builds.push(build);
    this.announce(build);
    this.world.timeline.spawn(`build ${build.arn}`, () => this.run(build));
    return build;
  }

  private required(name: string): ProjectInput {
    const project = this.projects.get(name);
    if (!project) throw new AwsError('ResourceNotFoundException', `Project cannot be found: ${this.world.arn('codebuild', `project/${name}`)}`);
    return project;
  }

  /** assumption: codebuild-limit-error */
  private refuseMore({ name, concurrentBuildLimit: limit = Infinity }: ProjectInput): void {
    const running = this.builds.filter((build) => build.project.name === name && build.status === 'IN_PROGRESS').length;
    if (running >= limit) throw new AwsError('AccountLimitExceededException', `Cannot have more than ${limit} active builds for the project`);
  }

  private async run(build: Build): Promise<void> {
    const timeout = (build.project.timeoutInMinutes ?? 60) * 60_000;
    this.world.timeline.schedule(PROVISIONING + timeout, `timeout of ${build.arn}`, () => this.end(build, 'TIMED_OUT', 'Build has timed out.'), { background: true });
    await this.world.timeline.sleep(PROVISIONING, `build ${build.arn}`);
    const script = this.scripts.get(build.project.name);
    try {
      if (!script) throw new Error('the local AWS runs no commands, and no script says what this build does');
      await script(build, environmentOf(this.world, build));
      this.end(build, 'SUCCEEDED');
    } catch (error) {
      this.end(build, 'FAILED', (error as Error).message);
    }
  }

  private stop(id: string): Build {
    const build = this.builds.find((each) => each.id === id || each.arn === id);
    if (!build) throw invalid(`Build ${id} does not exist`);
    this.end(build, 'STOPPED');
    return build;
  }

  /** The first end is the end. */
  private end(build: Build, status: BuildStatus, reason?: string): void {
    if (build.status !== 'IN_PROGRESS') return;
    build.status = status;
    build.endedAt = this.world.now;
    if (reason !== undefined) build.reason = reason;
    const metric = { SUCCEEDED: 'SucceededBuilds', FAILED: 'FailedBuilds', TIMED_OUT: 'FailedBuilds' }[status as string];
    const dimensions = [{ Name: 'ProjectName', Value: build.project.name }];
    // "Monitoring CodeBuild metrics": failed for an error of the client or a timeout.
    for (const name of ['Builds', metric]) if (name) this.world.get(CloudWatchService).putMetric('AWS/CodeBuild', name, dimensions, 1);
    this.announce(build);
  }

  /** "Build notifications input format reference" of the user guide. */
  private announce({ arn, project, status, reason }: Build): void {
    this.world.log('codebuild', `${project.name} ${status}`, { arn, status, ...(reason ? { reason } : {}) });
    this.world.emit({
      source: 'aws.codebuild',
      detailType: 'CodeBuild Build State Change',
      detail: { 'build-status': status, 'project-name': project.name, 'build-id': arn, 'current-phase': status === 'IN_PROGRESS' ? 'SUBMITTED' : 'COMPLETED' },
      resources: [arn],
    });
  }

  private batchGetProjects(names: readonly string[]): Record<string, unknown> {
    return { projects: names.flatMap((name) => this.projects.get(name) ?? []), projectsNotFound: names.filter((name) => !this.projects.has(name)) };
  }

  private batchGetBuilds({ ids }: { ids: string[] }): Record<string, unknown> {
    if (ids.length === 0 || ids.length > 100) throw invalid('ids must have 1 to 100 members');
    const of = (id: string): Build | undefined => this.builds.find((build) => build.id === id || build.arn === id);
    return { builds: ids.flatMap((id) => of(id) ?? []).map(described), buildsNotFound: ids.filter((id) => !of(id)) };
  }

  private list(input: { projectName: string; sortOrder?: string; nextToken?: string }): Record<string, unknown> {
    refuseUnknown('codebuild:ListBuildsForProject', input, ['projectName', 'sortOrder', 'nextToken']);
    const { name } = this.required(input.projectName);
    const ids = this.builds.filter((build) => build.project.name === name).map(({ id }) => id);
    const { items, NextToken: nextToken } = page(input.sortOrder === 'ASCENDING' ? ids : ids.reverse(), 100, input.nextToken);
    return { ids: items, ...(nextToken ? { nextToken } : {}) };
  }
}
