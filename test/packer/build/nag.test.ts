import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Source } from '../../../src/component/source';
import { BuildSchedule, ParentImage, RegisteredImage } from '../../../src/image';
import { PackerBuild } from '../../../src/packer/build';
import { newStack } from '../../image/fixture';

/** Without a key of one's own the one of AWS encrypts; who wants another gives `encryptionKey`. */
const LEFT_TO_USERS = ['AwsSolutions-CB4'];

test('cdk-nag finds nothing that is not explained', () => {
  const stack = newStack('Shop');
  const archive = Source.https('https://tools.example.com/packer.zip', 'a'.repeat(64));
  new PackerBuild(stack, 'Packer', {
    image: new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() }),
    template: Source.asset(join(__dirname, 'template')),
    packer: archive,
    schedule: BuildSchedule.daily(),
  });
  const { violations } = new AwsSolutionsChecks().validateScope(stack);
  expect(violations.filter((violation) => !LEFT_TO_USERS.some((rule) => JSON.stringify(violation).includes(rule)))).toEqual([]);
});
