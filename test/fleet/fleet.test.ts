import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { fleetWith } from './fixture';

test('x', () => {
  const fleet = fleetWith();
  console.log(JSON.stringify(Template.fromStack(Stack.of(fleet)).toJSON(), null, 1));
});
