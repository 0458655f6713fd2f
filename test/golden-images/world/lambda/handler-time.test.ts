import { createFunction } from './functions';
import { createServer, type WireServer } from '../../../../golden-images/src/wire';
import { Ec2Service } from '../../../../golden-images/src/world/ec2/ec2';
import { IamService } from '../../../../golden-images/src/world/iam';
import { World } from '../../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../../golden-images/src/world/lambda/lambda';
import { SsmService } from '../../../../golden-images/src/world/ssm/ssm';

let world: World;
let server: WireServer;
beforeEach(async () => {
  world = new World();
  server = await createServer(world);
});
afterEach(async () => {
  await world.get(LambdaService).close();
  await server.close();
});

/** Waits so many seconds, asks for the parameter `/later` repeatedly until it is there; gives how often. */
const poll = (seconds: number): string => `
  import { request } from 'node:http';
  const ask = () => new Promise((resolve, reject) => {
    const url = new URL(process.env.AWS_ENDPOINT_URL);
    const headers = { 'x-amz-target': 'AmazonSSM.GetParameter', 'content-type': 'application/x-amz-json-1.1',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + process.env.AWS_ACCESS_KEY_ID + '/20260105/eu-central-1/ssm/aws4_request, SignedHeaders=host, Signature=0' };
    const sent = request({ host: url.hostname, port: url.port, method: 'POST', path: '/', headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end(JSON.stringify({ Name: '/later' }));
  });
  export async function handler() {
    for (let times = 1; ; times += 1) {
      if (await ask() === 200) return { times, at: Date.now() };
      await new Promise((resolve) => setTimeout(resolve, ${seconds * 1000}));
    }
  }`;

/** Invokes in virtual time, as events and custom resources do. */
async function invoked(name: string): Promise<{ payload: unknown; functionError?: string }> {
  let result!: { payload: unknown; functionError?: string };
  world.timeline.spawn('invocation', async () => { result = await world.get(LambdaService).invoke(name, {}); });
  await world.timeline.runUntil(world.now + 3600_000);
  return result;
}

const put = (name: string): void => {
  const image = world.get(Ec2Service).registerImage({ name, architecture: 'x86_64' });
  world.get(SsmService).put({ Name: name, Value: image, Type: 'String', DataType: 'aws:ec2:image' });
};

test('a handler that waits sees the world as it is by then', async () => {
  world.get(SsmService).imageValidation.seconds = [31, 31];
  createFunction(world, 'poll', poll(10), { Timeout: 300 });
  const start = world.now;
  put('/later');
  expect(await invoked('poll')).toEqual({ payload: { times: 5, at: start + 40_000 } });
});

test('two at once wait side by side', async () => {
  world.get(SsmService).imageValidation.seconds = [31, 31];
  for (const [name, seconds] of [['one', 10], ['two', 7]] as const) createFunction(world, name, poll(seconds), { Timeout: 300 });
  const start = world.now;
  put('/later');
  const results: unknown[] = [];
  for (const name of ['one', 'two']) world.timeline.spawn(name, async () => { results.push((await world.get(LambdaService).invoke(name, {})).payload); });
  await world.timeline.runUntil(start + 3600_000);
  expect(results).toEqual([{ times: 6, at: start + 35_000 }, { times: 5, at: start + 40_000 }]);
});

test('a function that runs into its time-out ends then, and one that dies while it waits leaves nothing behind', async () => {
  createFunction(world, 'slow', poll(10), { Timeout: 60 });
  const ends: number[] = [];
  const start = world.now;
  world.timeline.spawn('slow', async () => {
    expect((await world.get(LambdaService).invoke('slow', {})).functionError).toBe('Unhandled');
    ends.push(world.now - start);
  });
  world.timeline.schedule(200_000, 'later', () => world.timeline.spawn('killed', async () => {
    world.faults.killAfter(2, () => void world.get(LambdaService).killRunning());
    expect((await world.get(LambdaService).invoke('slow', {})).functionError).toBe('Unhandled');
    ends.push(world.now - start);
  }));
  await world.timeline.runUntil(start + 3600_000);
  expect(ends).toEqual([60_000, 220_000]);
  expect(world.timeline.busy).toBe(false);
});

test('outside of virtual time it stands still', async () => {
  createFunction(world, 'poll', poll(10), { Timeout: 60 });
  const start = world.now;
  expect((await world.get(LambdaService).invoke('poll', {})).functionError).toBe('Unhandled');
  expect(world.now).toBe(start);
});

test('until a change of its role is in effect a function is denied, by the name of the action', async () => {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] };
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ssm:*', Resource: '*' }] };
  const iam = world.get(IamService);
  world.faults.roleChangesTakeSeconds = 45;
  iam.createRole({ RoleName: 'r', AssumeRolePolicyDocument: trust });
  world.get(SsmService).put({ Name: '/later', Value: 'x', Type: 'String' });
  createFunction(world, 'poll', poll(10), { Timeout: 300 });
  expect(await invoked('poll')).toMatchObject({ payload: { times: 6 } });
  iam.putRolePolicy('r', 'p', document);
  expect(await invoked('poll')).toMatchObject({ payload: { times: 6 } });
  expect(await invoked('poll')).toMatchObject({ payload: { times: 1 } });
});
