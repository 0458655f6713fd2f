import { inProcessHandler } from '../../../../golden-images/src/wire';
import { AwsError, World, type WorldEvent } from '../../../../golden-images/src/world';
import { CloudWatchService } from '../../../../golden-images/src/world/cloudwatch';
import type { BuildScript } from '../../../../golden-images/src/world/code-build/build';
import { CodeBuildService } from '../../../../golden-images/src/world/code-build/code-build';
import { SchedulerService } from '../../../../golden-images/src/world/scheduler';
import { SsmService } from '../../../../golden-images/src/world/ssm/ssm';

const MINUTE = 60_000;
const project = (over: object = {}): Record<string, unknown> => ({
  name: 'web',
  source: { type: 'NO_SOURCE', buildspec: 'version: 0.2' },
  artifacts: { type: 'NO_ARTIFACTS' },
  environment: { type: 'LINUX_CONTAINER', image: 'image', computeType: 'BUILD_GENERAL1_SMALL', environmentVariables: [{ name: 'A', value: '1' }, { name: 'B', value: '/b', type: 'PARAMETER_STORE' }] },
  serviceRole: 'arn:aws:iam::123456789012:role/build',
  ...over,
});

interface Handler {
  handle(request: object): Promise<{ response: { statusCode: number; body: Uint8Array } }>;
}

describe('AWS CodeBuild', () => {
  let world: World;
  let service: CodeBuildService;
  const events: WorldEvent[] = [];
  const call = (operation: string, input: Record<string, unknown>): Promise<any> => world.call(service, operation, input);
  const refused = (operation: string, input: Record<string, unknown>): Promise<AwsError> => call(operation, input).then(() => { throw new Error('not refused'); }, (error: AwsError) => error);

  beforeEach(async () => {
    world = new World();
    service = world.get(CodeBuildService);
    events.length = 0;
    world.onEvent((event) => { if (event.source === 'aws.codebuild') events.push(event); });
    world.get(SsmService).put({ Name: '/b', Value: 'two', Type: 'String' });
    await call('CreateProject', project());
  });

  const script = (body: BuildScript): void => service.script('web', body);
  const statuses = (): unknown[] => events.map(({ detail }) => detail['build-status']);

  test('runs what a script says, with the environment that the project, the request and Parameter Store give', async () => {
    let seen: Readonly<Record<string, string>> = {};
    script(async (_, environment) => {
      seen = environment;
      await world.timeline.sleep(10 * MINUTE);
    });
    const { build } = await call('StartBuild', { projectName: 'web', environmentVariablesOverride: [{ name: 'A', value: 'other' }] });
    expect(build).toMatchObject({ buildStatus: 'IN_PROGRESS', buildNumber: 1, arn: expect.stringMatching(/:build\/web:[0-9a-f-]{36}$/) });
    await world.timeline.runUntil(world.now + 12 * MINUTE);
    expect(seen).toMatchObject({ A: 'other', B: 'two', CODEBUILD_BUILD_ARN: build.arn });
    expect((await call('BatchGetBuilds', { ids: [build.id, 'web:none'] }))).toMatchObject({ builds: [{ buildStatus: 'SUCCEEDED' }], buildsNotFound: ['web:none'] });
    expect(statuses()).toEqual(['IN_PROGRESS', 'SUCCEEDED']);
    expect(events[0]).toMatchObject({ detailType: 'CodeBuild Build State Change', resources: [build.arn], detail: { 'project-name': 'web', 'build-id': build.arn } });
  });

  test('a script that throws, none at all, a time that is up, and one that is stopped', async () => {
    await call('StartBuild', { projectName: 'web' });
    await world.timeline.runUntil(world.now + 5 * MINUTE);
    expect(service.builds[0]).toMatchObject({ status: 'FAILED', reason: expect.stringContaining('runs no commands') });
    script(() => { throw new Error('exit status 1'); });
    await call('StartBuild', { projectName: 'web' });
    await world.timeline.runUntil(world.now + 5 * MINUTE);
    const { builds: [failed] } = await call('BatchGetBuilds', { ids: [service.builds[1]!.arn] });
    expect(failed.phases[1]).toMatchObject({ phaseType: 'BUILD', phaseStatus: 'FAILED', contexts: [{ message: 'exit status 1' }] });
    script(() => world.timeline.sleep(3 * 60 * MINUTE));
    await call('StartBuild', { projectName: 'web' });
    await world.timeline.runUntil(world.now + 4 * 60 * MINUTE);
    await call('StartBuild', { projectName: 'web' });
    await call('StopBuild', { id: service.builds[3]!.id });
    await world.timeline.runUntil(world.now + 4 * 60 * MINUTE);
    expect(service.builds.map(({ status }) => status)).toEqual(['FAILED', 'FAILED', 'TIMED_OUT', 'STOPPED']);
    expect(statuses().filter((status) => status !== 'IN_PROGRESS')).toEqual(['FAILED', 'FAILED', 'TIMED_OUT', 'STOPPED']);
  });

  test('the same token is the same build for five minutes; over the limit there is none', async () => {
    script(() => world.timeline.sleep(2 * MINUTE));
    await call('CreateProject', project({ name: 'one', concurrentBuildLimit: 1 }));
    service.script('one', () => world.timeline.sleep(2 * MINUTE));
    const first = await call('StartBuild', { projectName: 'one', idempotencyToken: 't' });
    expect((await call('StartBuild', { projectName: 'one', idempotencyToken: 't' })).build.id).toBe(first.build.id);
    expect(await refused('StartBuild', { projectName: 'one' })).toMatchObject({ code: 'AccountLimitExceededException' });
    await world.timeline.runUntil(world.now + 6 * MINUTE);
    expect((await call('StartBuild', { projectName: 'one', idempotencyToken: 't' })).build.id).not.toBe(first.build.id);
    expect((await call('ListBuildsForProject', { projectName: 'one', sortOrder: 'ASCENDING' })).ids[0]).toBe(first.build.id);
    expect((await call('ListBuildsForProject', { projectName: 'one' })).ids[1]).toBe(first.build.id);
  });

  test('counts builds that failed', async () => {
    const seen: string[] = [];
    const cloudWatch = world.get(CloudWatchService);
    const put = cloudWatch.putMetric.bind(cloudWatch);
    cloudWatch.putMetric = (namespace, name, ...rest) => {
      seen.push(`${namespace} ${name} ${JSON.stringify(rest[0])}`);
      put(namespace, name, ...rest);
    };
    await call('StartBuild', { projectName: 'web' });
    await world.timeline.runUntil(world.now + 5 * MINUTE);
    expect(seen).toEqual(['Builds', 'FailedBuilds'].map((name) => `AWS/CodeBuild ${name} [{"Name":"ProjectName","Value":"web"}]`));
  });

  test('a schedule starts builds', async () => {
    script(() => undefined);
    await world.call(world.get(SchedulerService), 'CreateSchedule', {
      Name: 'daily',
      ScheduleExpression: 'cron(0 3 * * ? *)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: service.projectArn('web'), RoleArn: 'arn:aws:iam::123456789012:role/schedule' },
    });
    await world.timeline.runUntil(world.now + 49 * 60 * MINUTE);
    expect(service.builds.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  test.each<[string, Record<string, unknown>, RegExp]>([
    ['CreateProject', project({ name: 'xx', cache: {} }), /NotModelled.*cache/],
    ['CreateProject', project({ name: 'xx', source: { type: 'GITHUB' } }), /NotModelled.*GITHUB/],
    ['CreateProject', project({ name: 'xx', artifacts: { type: 'S3' } }), /NotModelled.*S3/],
    ['CreateProject', project({ name: 'xx', environment: { type: 'LINUX_CONTAINER', image: 'i', computeType: 'c', fleet: {} } }), /NotModelled.*fleet/],
    ['CreateProject', project({ name: '-' }), /InvalidInputException.*Invalid project name/],
    ['CreateProject', project({ name: 'xx', timeoutInMinutes: 4 }), /InvalidInputException.*timeout/],
    ['CreateProject', project({ name: 'xx', serviceRole: undefined }), /InvalidInputException.*serviceRole/],
    ['CreateProject', project({ name: 'xx', source: { type: 'NO_SOURCE' } }), /InvalidInputException.*buildspec/],
    ['CreateProject', project(), /ResourceAlreadyExistsException/],
    ['StartBuild', { projectName: 'none' }, /ResourceNotFoundException/],
    ['StartBuild', { projectName: 'web', buildspecOverride: 'x' }, /NotModelled.*buildspecOverride/],
    ['BatchGetBuilds', { ids: [] }, /InvalidInputException/],
    ['ListBuildsForProject', { projectName: 'none' }, /ResourceNotFoundException/],
    ['StopBuild', { id: 'web:none' }, /InvalidInputException/],
    ['RetryBuild', { id: 'web:none' }, /NotModelled.*RetryBuild/],
  ])('refuses %s %#', async (operation, input, reason) => {
    const { code, message } = await refused(operation, input);
    expect(`${code} ${message}`).toMatch(reason);
  });

  test('speaks its JSON protocol: dates are seconds, errors have a type', async () => {
    const handler = inProcessHandler(world) as unknown as Handler;
    const send = async (operation: string, body: object): Promise<{ status: number; body: any }> => {
      const { response } = await handler.handle({
        method: 'POST',
        protocol: 'https:',
        hostname: 'codebuild.eu-central-1.amazonaws.com',
        path: '/',
        query: {},
        body: JSON.stringify(body),
        headers: {
          'x-amz-target': `CodeBuild_20161006.${operation}`,
          'content-type': 'application/x-amz-json-1.1',
          'authorization': 'AWS4-HMAC-SHA256 Credential=AKIA/20260105/eu-central-1/codebuild/aws4_request, SignedHeaders=host, Signature=x',
        },
      });
      return { status: response.statusCode, body: JSON.parse(Buffer.from(response.body).toString()) };
    };
    const { status, body } = await send('StartBuild', { projectName: 'web' });
    expect([status, body.build.startTime]).toEqual([200, world.now / 1000]);
    expect(await send('StartBuild', { projectName: 'none' })).toMatchObject({ status: 400, body: { __type: 'ResourceNotFoundException' } });
    expect(await send('RetryBuild', {})).toMatchObject({ status: 501, body: { __type: 'NotModelled' } });
  });
});
