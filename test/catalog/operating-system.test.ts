import { parse } from 'yaml';
import { OperatingSystem } from '../../src/catalog';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { newStack, Synthesized } from '../image/fixture';

test('a base may take Windows updates by criteria and filters instead', () => {
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.windowsServer('2025'),
    schedule: BuildSchedule.daily(),
    updates: OperatingSystem.windowsUpdates({ searchCriteria: 'IsInstalled=0', updateLimit: 25 }),
  });
  const template = new Synthesized(stack);
  expect(template.ofType('AWS::ImageBuilder::Component')).toHaveLength(1);
  const phases: any[] = parse(template.component('web--windows-updates')).phases;
  expect(phases.map(({ name, steps }) => [name, steps.length])).toEqual([['build', 1], ['validate', 1]]);
  expect(phases[0].steps[0].inputs.commands[0]).toContain('$limit = 25');
});
