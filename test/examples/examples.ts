import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { PackerBuildStack } from '../../examples/packer-build/packer-build-stack';
import { WebFleetStack } from '../../examples/web-fleet/web-fleet-stack';

type Context = Record<string, unknown>;

interface Example {
  readonly name: string;
  readonly context: Context;
  readonly stack: (more?: Context) => Stack;
}

function example(name: string, make: (app: App, folder: string) => Stack): Example {
  const folder = join(__dirname, '../../examples', name);
  const { context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8')) as { context: Context };
  return { name, context, stack: (more = {}) => make(new App({ context: { ...context, 'aws:cdk:disable-stack-trace': true, ...more } }), folder) };
}

export const webFleet = example('web-fleet', (app, folder) => new WebFleetStack(app, 'WebFleet', { site: join(folder, 'site') }));
export const packerBuild = example('packer-build', (app, folder) => new PackerBuildStack(app, 'PackerBuild', { template: join(folder, 'template') }));

/** The examples, as the command line would make them: with the context of their cdk.json. */
export const examples: readonly Example[] = [webFleet, packerBuild];
