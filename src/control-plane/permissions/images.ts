import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Arns } from './arns';

/** What the controller does with the images of the namespace: look at them, and start their pipelines. */
export function images(arns: Arns): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['imagebuilder:GetImage', 'imagebuilder:ListImageBuildVersions', 'imagebuilder:TagResource'],
      resources: [arns.imageBuilder('image')],
    }),
    new PolicyStatement({
      actions: ['imagebuilder:GetImagePipeline', 'imagebuilder:StartImagePipelineExecution', 'imagebuilder:ListImagePipelineImages'],
      resources: [arns.imageBuilder('image-pipeline')],
    }),
    // Lists of images know no narrower resource than all images of the account.
    new PolicyStatement({ actions: ['imagebuilder:ListImages'], resources: ['*'] }),
  ];
}
