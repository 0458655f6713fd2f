import { Template } from 'aws-cdk-lib/assertions';
import { examples } from './examples';
import { allServices } from '../../golden-images/src/world';
import { World } from '../../golden-images/src/world/kernel';

test.each(examples)('the local AWS models every resource type and property of the example $name', ({ stack }) => {
  const world = new World({ seed: 1 });
  const types = Object.assign({}, ...allServices.map((service) => new service(world).resourceTypes));
  const missing = Object.values<any>(Template.fromStack(stack()).toJSON().Resources)
    .filter(({ Type }) => !Type.startsWith('Custom::') && Type !== 'AWS::CDK::Metadata')
    .flatMap(({ Type, Properties = {} }) => (types[Type]
      ? Object.keys(Properties).filter((name) => !(name in types[Type].properties)).map((name) => `${Type} ${name}`)
      : [Type]));
  expect([...new Set(missing)]).toEqual([]);
});
