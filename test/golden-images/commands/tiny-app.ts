import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { BuildSchedule, ParentImage, PatchedBaseImage } from 'cdk-golden-images';

/** The smallest app worth a rehearsal: a queue, and an image that is built every day. */
const stack = new Stack(new App(), 'Tiny');
new Queue(stack, 'Queue');
new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily({ hour: 3 }) });
