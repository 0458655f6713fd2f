import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { WebFleetStack } from '../../examples/web-fleet/web-fleet-stack';
import { allServices } from '../../golden-images/src/world';
import { World } from '../../golden-images/src/world/kernel';

const folder = join(__dirname, '../../examples/web-fleet');

test('the local AWS models every resource type and property of the example', () => {
  const { context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
  const stack = new WebFleetStack(new App({ context }), 'WebFleet', { site: join(folder, 'site') });
  const world = new World({ seed: 1 });
  const types = Object.assign({}, ...allServices.map((service) => new service(world).resourceTypes));
  const missing = Object.values<any>(Template.fromStack(stack).toJSON().Resources)
    .filter(({ Type }) => !Type.startsWith('Custom::') && Type !== 'AWS::CDK::Metadata')
    .flatMap(({ Type, Properties = {} }) => (types[Type]
      ? Object.keys(Properties).filter((name) => !(name in types[Type].properties)).map((name) => `${Type} ${name}`)
      : [Type]));
  expect([...new Set(missing)]).toEqual([]);
});
