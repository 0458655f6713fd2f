import { App, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { BuildSchedule, Component, ParentImage, PatchedBaseImage, Step } from 'cdk-golden-images';

/** The smallest app worth a rehearsal: a queue, and an image that is built every day, with a script if one is given. */
const stack = new Stack(new App(), 'Tiny');
new Queue(stack, 'Queue');
const { TINY_SCRIPT: script } = process.env;
new PatchedBaseImage(stack, 'Base', {
  parent: ParentImage.amazonLinux2023(),
  schedule: BuildSchedule.daily({ hour: 3 }),
  components: script === undefined ? [] : [Component.fromSteps('mine', { buildSteps: [Step.bash(script)] })],
});
