import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';

const APP = `
const { App, NestedStack, Stack } = require(${JSON.stringify(require.resolve('aws-cdk-lib'))});
const { StringParameter } = require(${JSON.stringify(require.resolve('aws-cdk-lib/aws-ssm'))});
const stack = new Stack(new App({ analyticsReporting: false }), 'Root');
const outer = new StringParameter(stack, 'Outer', { parameterName: '/outer', stringValue: 'value' });
const nested = new NestedStack(stack, 'Nested');
const inner = new StringParameter(nested, 'Inner', { parameterName: '/inner', stringValue: outer.stringValue });
new StringParameter(stack, 'Last', { parameterName: '/last', stringValue: inner.parameterArn });
stack.node.root.synth();
`;

test('the unmodified cdk command line deploys and destroys nested stacks, whose templates it publishes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nested-stacks-'));
  writeFileSync(join(folder, 'app.cjs'), APP);
  const local = await LocalAws.start({ seed: 7 });
  const cdk = local.cdk({ directory: process.cwd(), app: `node ${join(folder, 'app.cjs')}` });
  try {
    const run = async (...args: string[]) => expect((await cdk.run(...args)).exitCode).toBe(0);
    await run('bootstrap', `aws://${local.world.account}/${local.world.region}`);
    await run('deploy', '--require-approval', 'never');
    const nested = local.world.get(CloudFormationService).stackState('Root')!.resources.get('NestedNestedStackNestedNestedStackResourceDEFDAA4D')!;
    expect(local.world.get(CloudFormationService).stackState(nested.physicalId!)!.status).toBe('CREATE_COMPLETE');
    expect(local.world.get(SsmService).value('/inner')).toBe('value');
    expect(local.world.get(SsmService).value('/last')).toMatch(/^arn:.*parameter\/inner$/);
    await run('destroy', '--force');
    expect(local.world.get(SsmService).value('/inner')).toBeUndefined();
  } finally {
    await local.close();
    rmSync(folder, { recursive: true });
  }
});
