import type { InputTable } from './model';

const versioned = { semanticVersion: 'Version' };
const runtime = {
  UpdateRuntimeOn: 'RuntimeManagementConfig.UpdateRuntimeOn', RuntimeVersionArn: 'RuntimeManagementConfig.RuntimeVersionArn',
};

/** What builds images and what runs code. */
export const builds: InputTable = {
  'AWS::CodeBuild::Project': { service: 'codebuild', operation: 'CreateProject' },
  'AWS::ECR::Repository': {
    service: 'ecr',
    operation: 'CreateRepository',
    also: {
      PutLifecyclePolicy: {
        registryId: 'LifecyclePolicy.RegistryId', lifecyclePolicyText: 'LifecyclePolicy.LifecyclePolicyText',
      },
      SetRepositoryPolicy: { policyText: 'RepositoryPolicyText' },
    },
    elsewhere: { EmptyOnDelete: 'the member force of DeleteRepository' },
  },
  'AWS::ImageBuilder::Component': { service: 'imagebuilder', operation: 'CreateComponent', aliases: versioned },
  'AWS::ImageBuilder::DistributionConfiguration': {
    service: 'imagebuilder',
    operation: 'CreateDistributionConfiguration',
    aliases: { launchPermission: 'LaunchPermissionConfiguration' },
  },
  'AWS::ImageBuilder::ImagePipeline': { service: 'imagebuilder', operation: 'CreateImagePipeline' },
  'AWS::ImageBuilder::ImageRecipe': { service: 'imagebuilder', operation: 'CreateImageRecipe', aliases: versioned },
  'AWS::ImageBuilder::InfrastructureConfiguration': {
    service: 'imagebuilder', operation: 'CreateInfrastructureConfiguration',
  },
  'AWS::ImageBuilder::Workflow': { service: 'imagebuilder', operation: 'CreateWorkflow', aliases: versioned },
  'AWS::Lambda::Function': {
    service: 'lambda',
    operation: 'CreateFunction',
    aliases: { KMSKeyArn: 'KmsKeyArn' },
    also: {
      PutFunctionConcurrency: { ReservedConcurrentExecutions: 'ReservedConcurrentExecutions' },
      PutFunctionRecursionConfig: { RecursiveLoop: 'RecursiveLoop' },
      PutRuntimeManagementConfig: runtime,
    },
  },
  'AWS::Lambda::Version': { service: 'lambda', operation: 'PublishVersion' },
  'AWS::Lambda::Alias': { service: 'lambda', operation: 'CreateAlias' },
  'AWS::Lambda::EventSourceMapping': { service: 'lambda', operation: 'CreateEventSourceMapping' },
  'AWS::Lambda::EventInvokeConfig': { service: 'lambda', operation: 'PutFunctionEventInvokeConfig' },
  'AWS::Lambda::Permission': { service: 'lambda', operation: 'AddPermission' },
  'AWS::Lambda::Url': {
    service: 'lambda', operation: 'CreateFunctionUrlConfig', aliases: { FunctionName: 'TargetFunctionArn' },
  },
};
