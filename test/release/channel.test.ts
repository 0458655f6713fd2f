import type { IImage } from '../../src/image';
import { Gate, GateKind, type GateConfig } from '../../src/release';
import { literal, newRole, newStack } from '../image/fixture';

test('a channel is a parameter of its image', () => {
  const stack = newStack();
  const channel = newRole(stack).addChannel('production');
  expect([channel.channelName, channel.parameterName]).toEqual(['production', '/imagebuilder/golden-images/web/role/production']);
  expect(literal(stack.resolve(channel.parameterArn)))
    .toBe('arn:AWS::Partition:ssm:AWS::Region:AWS::AccountId:parameter/imagebuilder/golden-images/web/role/production');
});

test('a channel is found by its name, latest always', () => {
  const image = newRole(newStack());
  const production = image.addChannel('production');
  expect(image.channel('production')).toBe(production);
  expect(image.channel('latest')).toBe(image.latest);
});

test('a gate of a user is a gate like any other', () => {
  class TwoDays extends Gate {
    public bind(_image: IImage): GateConfig {
      return { kind: GateKind.IMAGE_TESTS };
    }
  }
  expect(newRole(newStack()).addChannel('production', { gates: [new TwoDays()] }).gates).toEqual([{ kind: 'image-tests' }]);
});
