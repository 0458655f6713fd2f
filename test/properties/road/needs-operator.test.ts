import { happen } from './history';
import { unrest } from './rest';
import { HOUR, NAMESPACE, Road, STACK } from './road';
import { synthesize } from './template';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { CloudWatchService } from '../../../golden-images/src/world/cloudwatch';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { AwsError } from '../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../golden-images/src/world/lambda/lambda';

let road: Road;
const alarm = (): string | undefined => road.world.get(CloudWatchService).alarmState(`${NAMESPACE}-golden-images-needs-operator`);
const until = (condition: () => boolean, hours: number): Promise<boolean> => road.local.until(condition, hours * HOUR);

beforeAll(async () => {
  road = await Road.start(1);
  expect(await until(() => unrest(road).length === 0, 24)).toBe(true);
});

afterAll(async () => road.local.close());

describe('what needs an operator, from the log line of a handler to the alarm', () => {
  test('is nothing at first', () => {
    expect(alarm()).toBe('OK');
  });

  test('a step that AWS refuses: red until it is allowed again', async () => {
    const { faults } = road.world;
    faults.failCalls('autoscaling', 'StartInstanceRefresh', 8, new AwsError('AccessDenied', 'not authorized to use launch template', 403));
    await road.deploy('second');
    expect(await until(() => alarm() === 'ALARM', 1)).toBe(true);
    expect(road.status?.waitingFor).toMatch(/AWS refused to start-refresh: .*AccessDenied/);
    expect(await until(() => unrest(road).length === 0, 6)).toBe(true);
    expect(await until(() => alarm() === 'OK', 1)).toBe(true);
  });

  test('a pipeline that was deleted: red until it is back, and then it is built by again', async () => {
    const { pipelines } = road.world.get(ImageBuilderService);
    const pipeline = pipelines.all().find(({ name }) => name === `${NAMESPACE}--web`)!;
    pipelines.remove(pipeline.arn);
    expect(await until(() => alarm() === 'ALARM', 1)).toBe(true);
    await happen(road, { type: 'parent' });
    road.build('base');
    await road.local.pass(6 * HOUR);
    expect(alarm()).toBe('ALARM');
    expect(unrest(road)).toEqual([]);
    const before = road.release!.version;
    pipelines.create(pipeline.input);
    expect(await until(() => road.release!.version !== before, 24)).toBe(true);
    expect(await until(() => unrest(road).length === 0 && alarm() === 'OK', 24)).toBe(true);
  });

  test('a look that is killed while its canary is sick comes again within 90 seconds, and the rollout halts', async () => {
    const { world } = road;
    const lambda = world.get(LambdaService);
    const looks = (): number[] => [...lambda.functions.keys()].flatMap((name) => lambda.logs(name)).filter(({ text }) => text.includes('"event":"fleet-')).map(({ at }) => at);
    await happen(road, { type: 'sick-build' });
    expect(await until(() => road.status?.phase === 'canary' && road.group.live.length > road.group.settings.desired, 24)).toBe(true);
    await road.local.pass(100_000);
    let killedAt = 0;
    world.faults.killAfter(4, () => {
      killedAt = world.now;
      void lambda.killRunning();
    });
    expect(await until(() => killedAt > 0, 1)).toBe(true);
    expect(road.status?.phase).toBe('canary');
    expect(await until(() => road.status?.phase !== 'canary', 1)).toBe(true);
    expect(Math.min(...looks().filter((at) => at > killedAt)) - killedAt).toBeLessThanOrEqual(100_000);
    expect(await until(() => unrest(road).length === 0, 24)).toBe(true);
    expect(road.status?.blocked).toHaveLength(1);
  });

  test('a fleet that was not rolled back: frozen and red, green when a newer version has thawed it', async () => {
    const { template } = synthesize('second');
    const cloudFormation = road.world.get(CloudFormationService);
    await road.world.call(cloudFormation, 'UpdateStack', {
      StackName: STACK, TemplateBody: template.replace('autoRollback\\":true', 'autoRollback\\":false'), Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    });
    await cloudFormation.drive();
    expect(road.stackStatus).toBe('UPDATE_COMPLETE');
    await happen(road, { type: 'sick-build' });
    expect(await until(() => road.status?.phase === 'frozen', 24)).toBe(true);
    expect(await until(() => alarm() === 'ALARM', 1)).toBe(true);
    await road.local.pass(3 * HOUR);
    expect([road.status?.phase, alarm()]).toEqual(['frozen', 'ALARM']);
    road.build('web');
    expect(await until(() => road.status?.phase !== 'frozen', 24)).toBe(true);
    expect(await until(() => unrest(road).length === 0 && alarm() === 'OK', 6)).toBe(true);
  });
});
