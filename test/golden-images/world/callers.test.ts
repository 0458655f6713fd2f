import { CreateLaunchTemplateCommand, CreateLaunchTemplateVersionCommand, DescribeLaunchTemplateVersionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeParametersCommand, GetParameterHistoryCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createFunction } from './lambda/functions';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { allServices, World } from '../../../golden-images/src/world';
import { CloudFormationService } from '../../../golden-images/src/world/cloudformation/cloudformation';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';
import type { Properties } from '../../../golden-images/src/world/kernel';
import { environmentOf } from '../../../golden-images/src/world/lambda/function';
import { LambdaService } from '../../../golden-images/src/world/lambda/lambda';
import { attacker, type Attacker } from '../../security/attacker';

const ROOT = 'arn:aws:iam::123456789012:root';
const template = (userData: string): string => JSON.stringify({
  Resources: { Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateName: 'web', LaunchTemplateData: { UserData: userData } } } },
});

describe('every call has its caller', () => {
  let world: World;
  let mallory: Attacker;
  beforeEach(() => {
    world = new World();
    world.get(CloudFormationService).register(allServices.map((service) => world.get(service)));
    mallory = attacker(world, 'Mallory');
  });

  const settings = (accessKeyId = 'a'): never => ({
    region: world.region, credentials: { accessKeyId, secretAccessKey: 'b' }, endpoint: 'http://localhost', requestHandler: inProcessHandler(world),
  }) as never;
  const identity = async (client: STSClient): Promise<string | undefined> => (await client.send(new GetCallerIdentityCommand({}))).Arn;
  const authors = async (): Promise<unknown[]> => {
    const { LaunchTemplateVersions: versions } = await new EC2Client(settings()).send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: 'web' }));
    return versions!.map(({ VersionNumber, CreatedBy }) => [VersionNumber, CreatedBy]);
  };

  test('a key that nobody was given is the root\'s, one of a session the session\'s, and a function\'s its role\'s', async () => {
    createFunction(world, 'controller', 'export const handler = async () => 1;', { Role: 'arn:aws:iam::123456789012:role/path/Controller' });
    const { AWS_ACCESS_KEY_ID: accessKeyId } = environmentOf(world, world.get(LambdaService).functions.get('controller')!.latest);
    expect(await identity(new STSClient(settings()))).toBe(ROOT);
    expect(await identity(mallory.client(STSClient))).toBe(mallory.sessionArn);
    expect(await identity(new STSClient(settings(accessKeyId)))).toBe('arn:aws:sts::123456789012:assumed-role/Controller/controller');
  });

  test('at the same time each call has its own', async () => {
    const both = await Promise.all([identity(mallory.client(STSClient)), identity(new STSClient(settings())), identity(mallory.client(STSClient))]);
    expect(both).toEqual([mallory.sessionArn, ROOT, mallory.sessionArn]);
  });

  test('a version of a launch template says who made it', async () => {
    const LaunchTemplateData = { InstanceType: 't3.micro' as const };
    const { LaunchTemplate: made } = await new EC2Client(settings()).send(new CreateLaunchTemplateCommand({ LaunchTemplateName: 'web', LaunchTemplateData }));
    await mallory.client(EC2Client).send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateName: 'web', LaunchTemplateData }));
    expect(made!.CreatedBy).toBe(ROOT);
    expect(await authors()).toEqual([[2, mallory.sessionArn], [1, ROOT]]);
  });

  describe('what CloudFormation makes is made by', () => {
    const operate = async (operation: string, input: Properties): Promise<void> => {
      await world.call(world.get(CloudFormationService), operation, { StackName: 'web', ...input });
      await world.timeline.runUntil(world.now + 600_000);
    };
    const RoleARN = 'arn:aws:iam::123456789012:role/cdk-cfn-exec-role';
    const session = 'arn:aws:sts::123456789012:assumed-role/cdk-cfn-exec-role/AWSCloudFormation';

    test('whoever asked for the operation, where no role was given', async () => {
      await operate('CreateStack', { TemplateBody: template('') });
      await world.as(mallory.sessionArn, () => operate('UpdateStack', { TemplateBody: template('Zm9v') }));
      expect(await authors()).toEqual([[2, mallory.sessionArn], [1, ROOT]]);
    });

    test('the role that was given, in that operation and the next ones', async () => {
      await operate('CreateStack', { TemplateBody: template(''), RoleARN });
      await world.as(mallory.sessionArn, () => operate('UpdateStack', { TemplateBody: template('Zm9v') }));
      expect(await authors()).toEqual([[2, session], [1, session]]);
    });

    test('the role of a change set, whoever executes it', async () => {
      await operate('CreateChangeSet', { ChangeSetName: 'c', ChangeSetType: 'CREATE', TemplateBody: template(''), RoleARN });
      await world.as(mallory.sessionArn, () => operate('ExecuteChangeSet', { ChangeSetName: 'c' }));
      expect(await authors()).toEqual([[1, session]]);
    });
  });

  test('whoever lets time pass does not do what is due', async () => {
    const callers: string[] = [];
    world.timeline.schedule(1000, 'due', () => callers.push(world.caller));
    await world.as(mallory.sessionArn, () => world.timeline.runUntil(world.now + 2000));
    expect(callers).toEqual([ROOT]);
  });

  describe('the history of a parameter', () => {
    const put = (client: SSMClient, Value: string, more: object = {}): Promise<unknown> =>
      client.send(new PutParameterCommand({ Name: '/pointer', Type: 'String', Value, ...more }));

    test('says who put each version, and the list who put the last one', async () => {
      const ssm = new SSMClient(settings());
      await put(ssm, 'a');
      await put(mallory.client(SSMClient), 'b', { Overwrite: true });
      const { Parameters: history } = await ssm.send(new GetParameterHistoryCommand({ Name: '/pointer' }));
      const now = new Date(world.now);
      expect(history).toMatchObject([
        { Version: 1, Value: 'a', LastModifiedUser: ROOT, LastModifiedDate: now },
        { Version: 2, Value: 'b', LastModifiedUser: mallory.sessionArn, LastModifiedDate: now },
      ]);
      expect((await ssm.send(new DescribeParametersCommand({}))).Parameters).toMatchObject([{ Name: '/pointer', LastModifiedUser: mallory.sessionArn }]);
    });

    test('says it of an AMI too, though that is written once it was validated', async () => {
      const image = world.get(Ec2Service).registerImage({ name: 'good', architecture: 'x86_64' });
      world.get(Ec2Service);
      await put(new SSMClient(settings()), image, { DataType: 'aws:ec2:image' });
      await world.timeline.runUntil(world.now + 10_000);
      const { Parameters: history } = await new SSMClient(settings()).send(new GetParameterHistoryCommand({ Name: '/pointer' }));
      expect(history).toMatchObject([{ Value: image, LastModifiedUser: ROOT }]);
    });

    test('has the last hundred versions, oldest first, in pages', async () => {
      const ssm = new SSMClient(settings());
      for (let version = 1; version <= 103; version += 1) await put(ssm, String(version), { Overwrite: true });
      const first = await ssm.send(new GetParameterHistoryCommand({ Name: '/pointer' }));
      expect(first.Parameters!.map(({ Version }) => Version)).toEqual(Array.from({ length: 50 }, (_, index) => index + 4));
      const second = await ssm.send(new GetParameterHistoryCommand({ Name: '/pointer', NextToken: first.NextToken! }));
      expect(second.Parameters!.at(-1)!.Version).toBe(103);
      expect(second.NextToken).toBeUndefined();
    });

    test('of no parameter is refused', async () => {
      await expect(new SSMClient(settings()).send(new GetParameterHistoryCommand({ Name: '/none' }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
    });
  });
});
