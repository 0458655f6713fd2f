import { resolve } from 'node:path';
import { BuildInfrastructure, BuildSchedule, PatchedBaseImage } from '../../../src/image';
import { PackerTemplate } from '../../../src/packer/packer-template';
import { newStack, Synthesised } from '../../image/fixture';

const FOUNDING = resolve(__dirname, '../fixtures/founding.json');

test('debug', () => {
  const template = PackerTemplate.fromFile(FOUNDING);
  console.log(template.notices.map((n) => `${n.line}:${n.column} ${n.warning} ${n.message}`).join('\n'));
  const image = template.image();
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', {
    imageName: image.imageName,
    parent: image.parent,
    updates: image.updates,
    components: image.components,
    amiTags: image.amiTags,
    infrastructure: new BuildInfrastructure(stack, 'Infrastructure', image.infrastructureProps(stack)),
    schedule: BuildSchedule.patchTuesday(),
  });
  const synthesised = new Synthesised(stack);
  console.log(JSON.stringify(synthesised.ofType('AWS::ImageBuilder::ImageRecipe')), synthesised.warnings);
  console.log(JSON.stringify(synthesised.ofType('AWS::ImageBuilder::InfrastructureConfiguration')));
});
