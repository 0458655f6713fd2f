import { join } from 'node:path';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Source } from '../../../src/component/source';
import { BuildSchedule, ParentImage, RegisteredImage } from '../../../src/image';
import { PackerBuild } from '../../../src/packer/build';
import { newStack } from '../../image/fixture';

test('cdk-nag finds nothing that is not explained', () => {
  const stack = newStack('Shop');
  const archive = Source.https('https://tools.example.com/packer.zip', 'a'.repeat(64));
  new PackerBuild(stack, 'Packer', {
    image: new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() }),
    template: Source.asset(join(__dirname, 'template')),
    runTag: { key: 'Name', value: 'Packer Builder' },
    packer: archive,
    schedule: BuildSchedule.daily(),
  });
  expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
});
