import { App, Stack } from 'aws-cdk-lib';
import { addImages } from './images';

/** The images for `npx projen packer-render`. */
addImages(new Stack(new App(), 'Steps', { env: { account: '111122223333', region: 'eu-central-1' } }));
