import { App } from 'aws-cdk-lib';
import { PackerBuildStack } from './packer-build-stack';

new PackerBuildStack(new App(), 'PackerBuild');
