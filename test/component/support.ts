import { parse } from 'yaml';
import { Component, type ComponentSteps, type Step } from '../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { newStack, Synthesized } from '../image/fixture';

/** The document of a component, as it would be deployed. */
export function render(steps: ComponentSteps, windows = false): string {
  const stack = newStack();
  const parent = windows ? ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2025) : ParentImage.amazonLinux2023();
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components: [Component.fromSteps('Mine', steps)] });
  return new Synthesized(stack).component('web--mine');
}

/** The steps of one phase of a document. */
export const stepsOf = (document: string, phase = 'build'): any[] => parse(document).phases.find(({ name }: any) => name === phase).steps;

/** What steps become in the build phase. */
export const rendered = (...steps: Step[]): any[] => stepsOf(render({ buildSteps: steps }));

/** What steps become on Windows. */
export const renderedOnWindows = (...steps: Step[]): any[] => stepsOf(render({ buildSteps: steps }, true));
