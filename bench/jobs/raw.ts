import type { Stack } from 'aws-cdk-lib';
import { InstanceProfile, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnComponent, CfnImagePipeline, CfnImageRecipe, CfnInfrastructureConfiguration } from 'aws-cdk-lib/aws-imagebuilder';
import { command, componentNames, PARENT, roleNames, type Job } from '../job';

/** By hand: the same components, recipes and pipelines with the same properties, and nothing that acts between builds. */
export const raw: Job = (stack, roles) => {
  const infrastructureConfigurationArn = infrastructure(stack);
  const image = (name: string, parentImage: string, schedule?: CfnImagePipeline.ScheduleProperty): void => {
    const recipe = new CfnImageRecipe(stack, `${name}Recipe`, {
      name: `job-${name}`,
      description: `Job/${name}`,
      version: '1.0.x',
      parentImage,
      components: componentNames(name).map((each) => ({ componentArn: component(stack, each) })),
      amiTags: { owner: `job/${name}` },
      blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: true, volumeType: 'gp3', deleteOnTermination: true } }],
    });
    new CfnImagePipeline(stack, `${name}Pipeline`, {
      name: `job-${name}`,
      description: `Job/${name}`,
      imageRecipeArn: recipe.attrArn,
      infrastructureConfigurationArn,
      enhancedImageMetadataEnabled: true,
      imageTestsConfiguration: { imageTestsEnabled: true },
      loggingConfiguration: { imageLogGroupName: '/aws/imagebuilder/job', pipelineLogGroupName: '/aws/imagebuilder/job' },
      schedule,
    });
  };
  image('Base', `ssm:${PARENT}`, { scheduleExpression: 'cron(0 3 * * ? *)', pipelineExecutionStartCondition: 'EXPRESSION_MATCH_ONLY' });
  roleNames(roles).forEach((name) => image(name, 'ssm:/imagebuilder/job/base/latest'));
};

function component(stack: Stack, name: string): string {
  const commands = `commands:\n            - |-\n              set -euo pipefail\n              ${command(name)}\n`;
  const data = `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Say\n        action: ExecuteBash\n        inputs:\n          ${commands}`;
  return new CfnComponent(stack, name, { name: `job-${name}`, platform: 'Linux', version: '1.0.0', data }).attrArn;
}

function infrastructure(stack: Stack): string {
  const role = new Role(stack, 'Role', {
    assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
    managedPolicies: ['AmazonSSMManagedInstanceCore', 'EC2InstanceProfileForImageBuilder'].map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  const profile = new InstanceProfile(stack, 'Profile', { role });
  return new CfnInfrastructureConfiguration(stack, 'Infrastructure', {
    name: 'job',
    instanceProfileName: profile.instanceProfileName,
    instanceTypes: ['m6i.large', 'm5.large'],
    instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
    terminateInstanceOnFailure: true,
  }).attrArn;
}
