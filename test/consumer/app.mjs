// The smallest app in plain JavaScript; scripts/consumer.mjs synthesizes it.
import { App, Stack } from 'aws-cdk-lib';
import { BuildSchedule, ParentImage, PatchedBaseImage } from 'cdk-golden-images';

const app = new App();
new PatchedBaseImage(new Stack(app, 'Consumer'), 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });
app.synth();
