import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';

/** What the controller does with the images of the namespace: look at their builds, and start their pipelines. */
export const images = (arns: Arns): PolicyStatement[] => [
  new PolicyStatement({ actions: ['imagebuilder:GetImage'], resources: [arns.imageBuilder('image')] }),
  new PolicyStatement({
    actions: ['imagebuilder:ListImagePipelineImages', 'imagebuilder:StartImagePipelineExecution'],
    resources: [arns.imageBuilder('image-pipeline')],
  }),
];

/** What reading the AMI of an image by its ARN takes, where the version may be given in part. */
export function parentImage(imageArn: string): PolicyStatement[] {
  const allVersions = imageArn.replace(/\/[0-9x.]+(?:\/\d+)?$/, '/*');
  return [
    new PolicyStatement({ actions: ['imagebuilder:GetImage', 'imagebuilder:ListImageBuildVersions'], resources: [allVersions] }),
    // The list of images knows no resources.
    new PolicyStatement({ actions: ['imagebuilder:ListImages'], resources: ['*'] }),
  ];
}
