import { App } from 'aws-cdk-lib';
import { WebFleetStack } from './web-fleet-stack';

new WebFleetStack(new App(), 'WebFleet');
