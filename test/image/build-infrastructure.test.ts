import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { InstanceArchitecture, InstanceType, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { echo, literal, newBase, newRole, newStack, Synthesized } from './fixture';
import { BuildInfrastructure, type BuildInfrastructureProps, BuildSchedule, ParentImage, PatchedBaseImage, RoleImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';

const CONFIGURATION = 'AWS::ImageBuilder::InfrastructureConfiguration';

const synthesize = (props: (stack: Stack) => BuildInfrastructureProps): Synthesized => {
  const stack = newStack();
  const infrastructure = new BuildInfrastructure(stack, 'Infra', props(stack));
  new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), infrastructure });
  return new Synthesized(stack);
};

describe('the shared build infrastructure', () => {
  test('is one for all images of a stack, with a configuration for each architecture', () => {
    const stack = newStack();
    newRole(stack);
    new PatchedBaseImage(stack, 'Arm', { parent: ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04, InstanceArchitecture.ARM_64), schedule: BuildSchedule.daily() });
    expect(new Synthesized(stack).ofType(CONFIGURATION).map(({ Properties }) => Properties.Name)).toEqual([
      'web--build-infrastructure-x86-64', 'web--build-infrastructure-arm64',
    ]);
  });

  test('asks for IMDSv2, ends what failed, and has the least of roles', () => {
    const stack = newStack();
    newBase(stack);
    const template = new Synthesized(stack);
    expect(template.ofType(CONFIGURATION)[0]!.Properties).toMatchObject({
      InstanceMetadataOptions: { HttpTokens: 'required' }, TerminateInstanceOnFailure: true,
    });
    const role = template.ofType('AWS::IAM::Role').find(({ Properties }) => JSON.stringify(Properties.AssumeRolePolicyDocument).includes('ec2.amazonaws'))!;
    expect([role.Properties.ManagedPolicyArns, role.Properties.Policies.map(({ PolicyName }: any) => PolicyName)]).toEqual([undefined, ['Build']]);
    const everywhere = role.Properties.Policies[0].PolicyDocument.Statement.filter(({ Resource }: any) => Resource === '*').flatMap(({ Action }: any) => Action);
    expect(everywhere.filter((action: string) => !/^(?:ssm|ssmmessages|ec2messages):/.test(action))).toEqual(['kms:Decrypt']);
    expect(everywhere.filter((action: string) => /^ssm:Get/.test(action))).toEqual(['ssm:GetDeployablePatchSnapshotForInstance', 'ssm:GetManifest']);
    expect(template.ofType('AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties).includes('BuildInfrastructure'))).toEqual([]);
  });

  test('makes no network and says so', () => {
    const stack = newStack();
    newBase(stack);
    const template = new Synthesized(stack);
    expect(Object.values(template.resources).filter(({ Type }) => Type.startsWith('AWS::EC2'))).toEqual([]);
    expect(template.warnings.filter((warning) => warning.includes('cdk-golden-images:defaultVpc'))).toHaveLength(1);
  });

  test('keeps logs for three months', () => {
    const stack = newStack();
    newBase(stack);
    const logs = new Synthesized(stack).ofType('AWS::Logs::LogGroup').find(({ Properties: { LogGroupName: name } }) => name && literal(name).startsWith('/aws/imagebuilder/'));
    expect(logs!.Properties.RetentionInDays).toBe(90);
  });
});

describe('a given build infrastructure', () => {
  test('runs in a subnet of its network, closed, without a warning but that nothing is reached from there', () => {
    const template = synthesize((stack) => ({
      vpc: new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'Build', subnetType: SubnetType.PRIVATE_ISOLATED }] }),
      subnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    }));
    const { SubnetId, SecurityGroupIds } = template.ofType(CONFIGURATION)[0]!.Properties;
    expect(literal(SubnetId)).toMatch(/^VpcBuildSubnet1/);
    expect(literal(SecurityGroupIds[0])).toMatch(/^InfraSecurityGroup.*GroupId$/);
    expect(template.ofType('AWS::EC2::SecurityGroup')[0]!.Properties.SecurityGroupIngress).toBeUndefined();
    expect(template.ofType('AWS::EC2::NatGateway')).toEqual([]);
    expect(template.warnings).toEqual([expect.stringContaining('no endpoints for imagebuilder')]);
  });

  test('encrypts with its key and writes logs to its bucket', () => {
    const template = synthesize((stack) => ({
      encryptionKey: new Key(stack, 'Key'),
      logBucket: new Bucket(stack, 'Logs', { removalPolicy: RemovalPolicy.DESTROY }),
      instanceTypes: [new InstanceType('c7i.large'), new InstanceType('c7g.large')],
    }));
    const recipe = template.named('AWS::ImageBuilder::ImageRecipe', 'web--base').Properties;
    expect(literal(recipe.BlockDeviceMappings[0].Ebs.KmsKeyId)).toMatch(/^Key.*\.Arn$/);
    const configuration = template.ofType(CONFIGURATION)[0]!.Properties;
    expect(configuration.InstanceTypes).toEqual(['c7i.large']);
    expect(configuration.Logging.S3Logs.S3KeyPrefix).toBe('web--infra');
    expect(JSON.stringify(template.ofType('AWS::IAM::Policy'))).toContain('/web--infra/*');
  });

  test('needs another id than the first', () => {
    const stack = newStack();
    new BuildInfrastructure(stack, 'Infra');
    expect(() => new BuildInfrastructure(new RoleImage(stack, 'Role', { parent: newBase(stack), components: [echo()] }), 'Infra'))
      .toThrow("Web/Role/Infra: the name of a build infrastructure 'infra' belongs to Web/Infra already");
  });
});
