import { once } from 'node:events';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { createServer, type WireServer } from '../../../golden-images/src/wire';
import { World } from '../../../golden-images/src/world';
import { CodeBuildService } from '../../../golden-images/src/world/code-build/code-build';
import { AwsError } from '../../../golden-images/src/world/kernel';
import { callAws } from '../../../src/runtime/aws/errors';
import { CodeBuildBuilds } from '../../../src/runtime/aws/project-builds';
import { postSigned } from '../../../src/runtime/aws/signed';
import { RefusedError, TransientError } from '../../../src/runtime/ports';

const MINUTE = 60_000;

describe('builds of AWS CodeBuild', () => {
  let world: World;
  let server: WireServer;
  let builds: CodeBuildBuilds;
  let service: CodeBuildService;

  beforeEach(async () => {
    world = new World();
    server = await createServer(world);
    service = world.get(CodeBuildService);
    service.createProject({
      name: 'web',
      source: { type: 'NO_SOURCE', buildspec: 'version: 0.2' },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: { type: 'LINUX_CONTAINER', image: 'image', computeType: 'BUILD_GENERAL1_SMALL' },
      serviceRole: 'arn:aws:iam::123456789012:role/build',
      concurrentBuildLimit: 1,
    });
    builds = new CodeBuildBuilds(server.url, { region: world.region, credentials: server.credentials });
  });
  afterEach(() => server.close());

  const pass = (): Promise<unknown> => world.timeline.runUntil(world.now + 10 * MINUTE);

  test('one that a controller started is known by its mark; the same token is the same build', async () => {
    service.script('web', () => world.timeline.sleep(MINUTE));
    const arn = await builds.start('web', 'token');
    expect(await builds.start('web', 'token')).toBe(arn);
    expect(await builds.find(arn)).toEqual({ arn, projectName: 'web', number: 1, status: 'in-flight', startedAt: world.now, ours: true });
    await pass();
    service.start({ projectName: 'web' });
    expect((await builds.of('web'))!.map(({ number, status, ours }) => [number, status, ours])).toEqual([[2, 'in-flight', false], [1, 'succeeded', true]]);
  });

  test('one that failed says in which phase and why', async () => {
    service.script('web', () => { throw new Error('exit status 1'); });
    const arn = await builds.start('web', 'token');
    await pass();
    expect(await builds.find(arn)).toMatchObject({ status: 'failed', reason: 'FAILED: BUILD: exit status 1' });
  });

  test('a service that does not answer is given up', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const signing = { service: 'codebuild', region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
    const asked = callAws('codebuild:BatchGetBuilds', () => postSigned(`http://127.0.0.1:${port}`, '{}', {}, signing, 50));
    await expect(asked).rejects.toThrow(TransientError);
    await expect(asked).rejects.toThrow(/TimeoutError/);
    silent.close();
  });

  test('what is not there, and what is busy, throttled or refused', async () => {
    expect(await builds.find('arn:aws:codebuild:eu-central-1:123456789012:build/web:none')).toBeUndefined();
    expect(await builds.of('none')).toBeUndefined();
    expect(await builds.of('web')).toEqual([]);
    await expect(builds.start('none', 'token')).rejects.toThrow(RefusedError);
    service.script('web', () => world.timeline.sleep(MINUTE));
    await builds.start('web', 'token');
    await expect(builds.start('web', 'other')).rejects.toMatchObject({ name: 'TransientError', retryAfterSeconds: 300 });
    world.faults.failCalls('codebuild', 'BatchGetBuilds');
    await expect(builds.of('web')).rejects.toThrow(TransientError);
    world.faults.failCalls('codebuild', 'ListBuildsForProject', 1, new AwsError('AccessDeniedException', 'no', 403));
    await expect(builds.of('web')).rejects.toMatchObject({ name: 'RefusedError', code: 'AccessDeniedException' });
    await server.close();
    await expect(builds.of('web')).rejects.toThrow(TransientError);
  });
});
