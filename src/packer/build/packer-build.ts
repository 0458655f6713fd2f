import { Duration, Resource, Stack } from 'aws-cdk-lib';
import { CfnProject } from 'aws-cdk-lib/aws-codebuild';
import { Connections, Port, SecurityGroup, type IConnectable } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { buildScript } from './build-script';
import { checkBuild } from './checks';
import { FailureAlarm } from './failure-alarm';
import { networkPermissions } from './network-permissions';
import type { PackerBuildProps } from './packer-build-props';
import { PackerConnection, type ConnectionConfig } from './packer-connection';
import { packerPermissions } from './permissions';
import { ScheduledBuild } from './scheduled-build';
import { tagsOfTemplate } from './tags-of-template';
import type { SourceConfig } from '../../component/source';
import { qualifiedName, registerAlias } from '../../contract';
import { ControlPlane } from '../../control-plane/control-plane';
import { keptLogs } from '../../control-plane/kept-logs';
import { EC2, type Permission } from '../../control-plane/permissions';
import { ControlPlaneSettings } from '../../control-plane/settings';
import { enter } from '../../private/doors';
import { checkEnvironment } from '../../private/environments';
import { explain, explainActions, explainWildcards } from '../../private/findings';
import { contentHash } from '../../private/hash';
import { nameLimits } from '../../private/limits';
import { idFollowsName } from '../../private/logical-ids';
import { composedName } from '../../private/names';
import type { Channel } from '../../release/channel';

/** Before the build ends of itself, Packer cleans up for so long. */
const CLEAN_UP = Duration.minutes(15);

interface Network {
  readonly config?: CfnProject.VpcConfigProperty;
  /** Variables of the template that name what was made. */
  readonly variables: Record<string, string>;
}

/**
 * Builds a registered image by an unmodified template of Packer in AWS CodeBuild: at first, when the template changes, when the image's
 * parent is released, and on a schedule; one build at a time. The AMI is registered as a version of the image, so that its gates, channels,
 * roles and fleets follow as with any image.
 *
 * Packer and its plugins come from where you keep them, by pinned SHA-256: this library holds nothing of Packer.
 */
export class PackerBuild extends Resource implements IConnectable {
  /** Name of the project of AWS CodeBuild. */
  public readonly projectName: string;
  /** Network connections of the build; only in a VPC. */
  public readonly connections: Connections;
  private readonly role: Role;
  private readonly policy = new PolicyDocument({ minimize: true });
  private readonly plane: ControlPlane;
  private readonly connection: ConnectionConfig;
  private readonly encryptionKey?: IKey;

  public constructor(scope: Construct, id: string, private readonly props: PackerBuildProps) {
    enter('PackerBuild', arguments, new.target);
    super(scope, id);
    this.connection = (props.connection ?? PackerConnection.template())._config();
    const parent = props.image._parentChannel;
    const timeout = props.timeout ?? Duration.hours(4);
    checkBuild(this, props, this.connection, timeout, parent);
    const copyTagKeys = props.copyTagKeys ?? tagsOfTemplate(this, props);
    this.plane = ControlPlane.of(this);
    checkEnvironment(this, props.image, 'image of the build');
    this.encryptionKey = props.encryptionKey ?? ControlPlaneSettings._ofPlane(this).encryptionKey;
    const { namespace } = this.plane;
    const { imageName } = props.image;
    this.projectName = composedName(this, nameLimits.project, qualifiedName(namespace, imageName), { namespace, imageName });
    this.connections = new Connections(props.vpc
      ? { securityGroups: [new SecurityGroup(this, 'SecurityGroup', { vpc: props.vpc, description: 'Packer: no ingress' })] }
      : {});
    this.role = new Role(this, 'Role', {
      description: `Builds ${props.image.imageName} by Packer`,
      assumedBy: new ServicePrincipal('codebuild.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } } }),
      inlinePolicies: { Packer: this.policy },
    });
    explain(this, 'IAMNoInlinePolicy', 'CodeBuildProjectSourceRepoUrl', 'CB4');
    const network = this.network();
    const script = this.script(network.variables, timeout);
    const project = this.project(script, network, timeout, parent);
    this.permit(copyTagKeys);
    idFollowsName(project, 'Project', imageName);
    new FailureAlarm(this, 'Failed', { projectName: this.projectName, namespace, imageName });
    if (props.schedule) { new ScheduledBuild(this, 'Schedule', project.attrArn, props.schedule.bind(this)); }
    props.image._buildBy({
      name: this.projectName,
      claimsTests: props.tested ?? false,
      arn: Stack.of(this).formatArn({ service: 'codebuild', resource: 'project', resourceName: this.projectName }),
      existsWith: [project, this.role],
      scheduled: props.schedule !== undefined,
      // By which alias it registers is no part of the image: as it was without one, an upgrade builds nothing.
      contentHash: () => contentHash(this, {
        script: script.replaceAll(this.registering.functionArn, this.plane.operator.functionArn),
        variables: this.environment(parent),
        image: project.environment,
      }),
    });
  }

  private script(networkVariables: Record<string, string>, timeout: Duration): string {
    const { image, packer, plugins = [], template, templatePath, manifestPath, only = [], tested } = this.props;
    const { variables = {}, secretVariables = {}, parentVariable, runTag } = this.props;
    return buildScript({
      imageName: image.imageName,
      packer: this.source(packer),
      plugins: plugins.map(({ address, archive }) => ({ address, archive: this.source(archive) })),
      template: this.source(template),
      ...(templatePath === undefined ? {} : { templatePath }),
      manifestPath: manifestPath ?? 'packer-manifest.json',
      runTag,
      ...(this.connection.sessionManagerPlugin ? { sessionManagerPlugin: this.source(this.connection.sessionManagerPlugin) } : {}),
      variables: { ...variables, ...networkVariables },
      ...(parentVariable ? { parent: { variable: parentVariable, holder: PARENT } } : {}),
      environmentVariables: Object.fromEntries(Object.keys(secretVariables).map((name, index) => [name, secretName(index)])),
      only,
      tested: tested ?? false,
      functionArn: this.registering.functionArn,
      interruptSeconds: timeout.toSeconds() - CLEAN_UP.toSeconds(),
    });
  }

  private source(source: PackerBuildProps['packer']): SourceConfig {
    return source.bind(this, this.role);
  }

  private project(script: string, network: Network, timeout: Duration, parent: Channel | undefined): CfnProject {
    const { image, buildImage, logRetention } = this.props;
    const logs = keptLogs(this, 'Logs', { retention: logRetention ?? RetentionDays.THREE_MONTHS });
    this.allow({ statement: new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logs.logGroupArn] }) });
    return new CfnProject(this, 'Resource', {
      name: this.projectName,
      description: `Builds ${image.imageName} by Packer`,
      source: { type: 'NO_SOURCE', buildSpec: this.specification(script) },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'LINUX_CONTAINER',
        image: buildImage ?? 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
        computeType: 'BUILD_GENERAL1_SMALL',
        privilegedMode: false,
        environmentVariables: this.environment(parent),
      },
      serviceRole: this.role.roleArn,
      timeoutInMinutes: timeout.toMinutes(),
      concurrentBuildLimit: 1,
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: logs.logGroupName } },
      encryptionKey: this.encryptionKey?.keyArn,
      vpcConfig: network.config,
    });
  }

  /** A specification of builds is YAML, and JSON is YAML. */
  private specification(script: string): string {
    return Stack.of(this).toJsonString({ version: 0.2, env: { shell: 'bash' }, phases: { build: { commands: [script] } } });
  }

  private environment(parent: Channel | undefined): CfnProject.EnvironmentVariableProperty[] {
    const { parentVariable, secretVariables = {} } = this.props;
    return [
      // Packer asks its makers for news otherwise.
      { name: 'CHECKPOINT_DISABLE', value: '1' },
      ...(parentVariable && parent ? [{ name: PARENT, value: parent.parameterName, type: 'PARAMETER_STORE' }] : []),
      ...Object.values(secretVariables).map((secret, index) => ({ name: secretName(index), value: secret.secretArn, type: 'SECRETS_MANAGER' })),
    ];
  }

  private network(): Network {
    const { vpc, subnets } = this.props;
    if (!vpc) { return { variables: {} }; }
    const { subnetIds } = vpc.selectSubnets(subnets);
    this.allow(...networkPermissions(this, subnetIds));
    const securityGroupIds = this.connections.securityGroups.map(({ securityGroupId }) => securityGroupId);
    return { config: { vpcId: vpc.vpcId, subnets: subnetIds, securityGroupIds }, variables: this.instanceGroup() };
  }

  /** The security group of the instance, where the connection is of this library. */
  private instanceGroup(): Record<string, string> {
    const { ingress } = this.connection;
    if (!ingress) { return {}; }
    const group = new SecurityGroup(this, 'InstanceSecurityGroup', { vpc: this.props.vpc!, description: 'Instance that Packer builds on' });
    group.connections.allowFrom(this.connections, Port.tcp(ingress.port), `${ingress.protocol} from the build`);
    return { [ingress.securityGroupVariable]: group.securityGroupId };
  }

  private permit(copyTagKeys: string[]): void {
    const { copyRegions = [], image, instanceProfile, runTag, secretVariables = {}, sharesAmi, volumeKey } = this.props;
    this.allow(...packerPermissions(this, {
      regions: [Stack.of(this).region, ...copyRegions],
      runTag,
      makesSecurityGroup: this.connection.ingress === undefined,
      usesSessionManager: this.connection.sessionManagerPlugin !== undefined,
      shares: sharesAmi ?? false,
      copyTagKeys,
    }));
    this.permitParent(image._parentChannel);
    if (instanceProfile?.role) {
      this.allow(
        { statement: new PolicyStatement({ actions: ['iam:GetInstanceProfile'], resources: [instanceProfile.instanceProfileArn] }) },
        {
          statement: new PolicyStatement({
            actions: ['iam:PassRole'], resources: [instanceProfile.role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': EC2 } },
          }),
        },
      );
    }
    Object.values(secretVariables).forEach((secret) => secret.grantRead(this.role));
    explainActions(this.role, ['kms:GenerateDataKey*', 'kms:ReEncrypt*'], 'The variants of one action, on a key that the app gave');
    volumeKey?.grant(this.role, 'kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*');
    this.encryptionKey?.grantEncryptDecrypt(this.role);
    this.registering.grantInvoke(this.role);
  }

  /** The alias that registers versions of this image, and of no other. */
  private get registering(): Alias {
    return this.plane.operator.alias(registerAlias.build(this.props.image.imageName));
  }

  private permitParent(parent: Channel | undefined): void {
    if (this.props.parentVariable && parent) {
      this.allow({ statement: new PolicyStatement({ actions: ['ssm:GetParameters'], resources: [parent.parameterArn] }) });
    }
  }

  private allow(...permissions: Permission[]): void {
    permissions.forEach(({ statement, wildcards }) => {
      this.policy.addStatements(statement);
      explainWildcards(this.role, statement.resources, wildcards);
    });
  }
}

const PARENT = 'GOLDEN_IMAGES_PARENT';
const secretName = (index: number): string => `GOLDEN_IMAGES_SECRET_${index + 1}`;
