import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { attacker } from './attacker';
import { World } from '../../golden-images/src/world';
import { IamService } from '../../golden-images/src/world/iam';

describe('an attacker in a test', () => {
  test('calls as the session of a role of their own', async () => {
    const world = new World();
    const mallory = attacker(world, 'Mallory');
    expect(await mallory.client(STSClient).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '123456789012', Arn: 'arn:aws:sts::123456789012:assumed-role/Mallory/attack', UserId: expect.stringMatching(/^AROA\w+:attack$/),
    });
    expect(mallory.sessionArn).toBe('arn:aws:sts::123456789012:assumed-role/Mallory/attack');
    expect(mallory.roleArn).toBe('arn:aws:iam::123456789012:role/Mallory');
  });

  test('takes over a role that there is', () => {
    const world = new World();
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
    world.get(IamService).createRole({ RoleName: 'Web', Path: '/apps/', AssumeRolePolicyDocument: trust });
    expect(attacker(world, 'Web').roleArn).toBe('arn:aws:iam::123456789012:role/apps/Web');
  });
});
