import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { installed, type Installed } from './installed';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';
import { NAMESPACE } from '../support/intents';

const run = promisify(execFile);
const bundleOf = (name: string): string => join('assets/handlers', name, 'index.mjs');

/** Today's sizes and a tenth: one more client fits, a whole schema of EC2 (550 KB) does not. */
const LIMITS = { controller: 600, guard: 340, registry: 250, seed: 420 };

test.each(Object.entries(LIMITS))('the bundle of %s stays below %d KiB', (name, limit) => {
  expect(statSync(bundleOf(name)).size / 1024).toBeLessThan(limit);
});

/** Calls a bundle in a plain Node process, with nothing of ours in it but the environment. */
async function call(name: string, event: unknown, variables: Record<string, string>): Promise<{ result: any; printed: string }> {
  const code = `import('./${bundleOf(name)}').then(async ({ handler }) => console.log('RESULT ' + JSON.stringify(await handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 300_000 }))))`;
  const { stdout } = await run(process.execPath, ['-e', code], { env: { PATH: process.env.PATH!, ...variables } });
  const [printed, result] = stdout.split('RESULT ');
  return { result: JSON.parse(result!), printed: printed! };
}

describe('bundles, with credentials as Lambda gives them', () => {
  let { world, server, queue, variables }: Installed = {} as Installed;

  beforeAll(async () => {
    ({ world, server, queue, variables } = await installed());
  });
  afterAll(async () => server.close());

  const sweep = { Records: [{ messageId: 'sweep', body: '{"kind":"sweep"}' }] };

  test('the controller reads its ledger and asks for a look through the queue', async () => {
    expect((await call('controller', sweep, variables)).result).toEqual({ batchItemFailures: [] });
    expect(queue.count('visible')).toBe(1);
  });

  test('the seed reads an AMI, writes a parameter that EC2 is asked about, and answers CloudFormation', async () => {
    const source = world.get(Ec2Service).registerImage({ name: 'parent', architecture: 'x86_64', platform: 'linux' });
    world.get(SsmService).put({ Name: '/parent', Type: 'String', Value: source });
    const name = '/imagebuilder/golden-images/shop/base/latest';
    const parameters = [{ name, owner: 'Shop/Base', source: { type: 'parameter', name: '/parent' } }];
    // Nobody else lets virtual time pass, in which the AMI is validated.
    const passing = setInterval(() => void world.timeline.runUntil(world.now + 1000), 100);
    await call('seed', {
      RequestType: 'Create',
      ResponseURL: `${server.url}/nowhere`,
      StackId: 'stack',
      RequestId: '1',
      LogicalResourceId: 'Seed',
      ResourceProperties: { Namespace: NAMESPACE, Parameters: JSON.stringify(parameters) },
    }, variables).catch((error: Error) => expect(error.message).toContain('CloudFormation did not take the answer')).finally(() => clearInterval(passing));
    expect(world.get(SsmService).value(name)).toBe(source);
  });

  test('without credentials a message fails with the reason, and comes again', async () => {
    const { AWS_ACCESS_KEY_ID: _key, ...others } = variables;
    const { result, printed } = await call('controller', sweep, others);
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'sweep' }] });
    expect(printed).toContain('CredentialsProviderError');
  });
});

test('schemas that were slimmed are the schemas of the SDK', async () => {
  const { stdout } = await run(process.execPath, ['test/runtime/handlers/compare-schemas.mjs']);
  expect(stdout.trim().split('\n')).toEqual(
    ['auto-scaling', 'cloudformation', 'cloudwatch', 'dynamodb', 'ec2', 'elastic-load-balancing-v2', 'imagebuilder', 'sqs', 'ssm'].map((client) => `${client} equal`),
  );
});
