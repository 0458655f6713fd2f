import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ControlPlane } from '../../src/control-plane/control-plane';

test('one a stack', () => {
  const stack = new Stack(new App(), 'Shop');
  expect(ControlPlane.of(stack)).toBe(ControlPlane.of(stack));
  ControlPlane.of(stack).seed({ name: '/x', owner: 'Base', source: { type: 'ami', imageId: 'ami-1' } });
  const template = Template.fromStack(stack);
  console.log(JSON.stringify(template.toJSON(), null, 1));
});
