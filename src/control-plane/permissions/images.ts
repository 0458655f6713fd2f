import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';
import type { Permission } from './permission';

const OURS = 'Builds and pipelines of all images of the namespace';

/**
 * What the controller does with the images of the namespace: look at their builds, and start their pipelines. Starting one takes
 * three actions more (Service Authorization Reference, EC2 Image Builder, StartImagePipelineExecution).
 */
export const images = (arns: Arns): Permission[] => [
  {
    statement: new PolicyStatement({
      actions: ['imagebuilder:GetImage', 'imagebuilder:TagResource'], resources: [arns.imageBuilder('image')],
    }),
    wildcards: OURS,
  },
  {
    statement: new PolicyStatement({
      actions: ['imagebuilder:GetImagePipeline', 'imagebuilder:ListImagePipelineImages', 'imagebuilder:StartImagePipelineExecution'],
      resources: [arns.imageBuilder('image-pipeline')],
    }),
    wildcards: OURS,
  },
  {
    statement: new PolicyStatement({ actions: ['imagebuilder:GetComponent'], resources: [arns.imageBuilder('component')] }),
    wildcards: 'Components of all images of the namespace, in whatever build',
  },
  imageBuilderRole(arns.imageBuilderRole()),
];

/** Image Builder makes its service-linked role, where the account has none, with the rights of who starts a build. */
const imageBuilderRole = (roleArn: string): Permission => ({
  statement: new PolicyStatement({
    actions: ['iam:CreateServiceLinkedRole'],
    resources: [roleArn],
    conditions: { StringEquals: { 'iam:AWSServiceName': 'imagebuilder.amazonaws.com' } },
  }),
});

/** What reading the AMI of an image by its ARN takes, where the version may be given in part. */
export const parentImage = (imageArn: string): Permission[] => [
  {
    statement: new PolicyStatement({
      actions: ['imagebuilder:GetImage', 'imagebuilder:ListImageBuildVersions'],
      resources: [imageArn.replace(/\/[0-9x.]+(?:\/\d+)?$/, '/*')],
    }),
    wildcards: 'Which version and build is the newest is known only while deploying',
  },
  { statement: new PolicyStatement({ actions: ['imagebuilder:ListImages'], resources: ['*'] }), wildcards: 'The list of images knows no resources' },
];
