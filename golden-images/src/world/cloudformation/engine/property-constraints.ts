import { AwsError, type Properties } from '../../kernel';
import { explain, violations } from '../../kernel/constraints';

/** The input, of the service's own API, whose members the properties of a resource type are. */
const INPUTS: Readonly<Record<string, readonly [signingName: string, structure: string]>> = {
  'AWS::AutoScaling::AutoScalingGroup': ['autoscaling', 'CreateAutoScalingGroupType'],
  'AWS::AutoScaling::LifecycleHook': ['autoscaling', 'PutLifecycleHookType'],
  'AWS::AutoScaling::ScalingPolicy': ['autoscaling', 'PutScalingPolicyType'],
  'AWS::CloudWatch::Alarm': ['monitoring', 'PutMetricAlarmInput'],
  'AWS::EC2::LaunchTemplate': ['ec2', 'CreateLaunchTemplateRequest'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['elasticloadbalancing', 'CreateLoadBalancerInput'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['elasticloadbalancing', 'CreateTargetGroupInput'],
  'AWS::Events::Rule': ['events', 'PutRuleRequest'],
  'AWS::IAM::Role': ['iam', 'CreateRoleRequest'],
  'AWS::ImageBuilder::Component': ['imagebuilder', 'CreateComponentRequest'],
  'AWS::ImageBuilder::DistributionConfiguration': ['imagebuilder', 'CreateDistributionConfigurationRequest'],
  'AWS::ImageBuilder::ImagePipeline': ['imagebuilder', 'CreateImagePipelineRequest'],
  'AWS::ImageBuilder::ImageRecipe': ['imagebuilder', 'CreateImageRecipeRequest'],
  'AWS::ImageBuilder::InfrastructureConfiguration': ['imagebuilder', 'CreateInfrastructureConfigurationRequest'],
  'AWS::ImageBuilder::Workflow': ['imagebuilder', 'CreateWorkflowRequest'],
  'AWS::KMS::Key': ['kms', 'CreateKeyRequest'],
  'AWS::Lambda::EventSourceMapping': ['lambda', 'CreateEventSourceMappingRequest'],
  'AWS::Lambda::Function': ['lambda', 'CreateFunctionRequest'],
  'AWS::SSM::Parameter': ['ssm', 'PutParameterRequest'],
  'AWS::Scheduler::Schedule': ['scheduler', 'CreateScheduleInput'],
};

/** Refuses properties that break a constraint of the service's model: what CloudFormation sends on, the service checks. */
export function checkConstraints(type: string, properties: Properties): void {
  const [signingName, structure] = INPUTS[type] ?? [];
  if (!signingName || !structure) return;
  const input = signingName === 'imagebuilder' ? lowerCamel(properties) as Properties : properties;
  const wrong = explain(violations(signingName, structure, input));
  if (wrong.length > 0) throw new AwsError('ValidationException', `Properties validation failed: ${wrong.join('; ')}`);
}

/** The members of Image Builder's API begin with small letters, those of its resource types with capitals. */
function lowerCamel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCamel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name.charAt(0).toLowerCase() + name.slice(1), lowerCamel(each)]));
}
