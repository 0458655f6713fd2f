import { Fleet } from '../../src/fleet';
import { PatchedBaseImage } from '../../src/image';
import { newStack, literal, Synthesized } from '../image/fixture';

const LEDGER = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Platform-Ledger';

test('channels of other stacks, with names as long as they may be, spread over rules whose patterns AWS takes', () => {
  const stack = newStack();
  const names = Array.from({ length: 14 }, (_, index) => `${'i'.repeat(48)}${index + 10}`);
  names.forEach((imageName, index) => {
    const image = PatchedBaseImage.fromImageAttributes(stack, `Image${index}`, { imageName, namespace: 'n'.repeat(50), channelNames: ['c'.repeat(50)], ledgerTableArn: `${LEDGER}-${index}` });
    new Fleet(stack, `Fleet${index}`, { follows: image.channel('c'.repeat(50)) });
  });
  const rules = new Synthesized(stack).ofType('AWS::Events::Rule').filter(({ Properties }) => Properties.EventPattern?.source?.includes('aws.ssm'));
  expect(rules).toHaveLength(3);
  rules.forEach(({ Properties }) => expect(JSON.stringify(Properties.EventPattern).length).toBeLessThanOrEqual(2048));
  const watched = rules.flatMap(({ Properties }) => Properties.EventPattern.detail.name.map((name: any) => name.prefix ?? literal(name)));
  names.forEach((name) => expect(watched.filter((each) => String(each).includes(name))).toHaveLength(1));
  expect(watched).toContain('/golden-images/web/pause');
});
