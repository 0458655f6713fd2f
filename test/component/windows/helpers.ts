import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { parse } from 'yaml';
import { Component, type ComponentSteps, type Step } from '../../../src/component';
import { StepsDefinition } from '../../../src/component/steps-definition';
import { BuildSchedule, ParentImage, PatchedBaseImage, Platform } from '../../../src/image';
import { OperatingSystemVersion } from '../../../src/platform';
import { newStack, Synthesized } from '../../image/fixture';

const WINDOWS_2022 = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022);
const WINDOWS_2025 = {
  platform: Platform.WINDOWS, architecture: InstanceArchitecture.X86_64, osVersion: OperatingSystemVersion.WINDOWS_SERVER_2025,
};

/** The document of a component, as it would be deployed. */
export const documentOf = (steps: ComponentSteps, parent: ParentImage = WINDOWS_2022): string => {
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components: [Component.fromSteps('Mine', steps)] });
  return new Synthesized(stack).component('web--mine');
};

const stack = newStack('Documents');
const grantee = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });

/** The document of steps, however long, for Windows Server 2025. */
export const textOf = (...steps: Step[]): string => new StepsDefinition('Mine', { buildSteps: steps })
  .render(stack, { ...WINDOWS_2025, grantee }).text;

export interface DocumentStep {
  readonly name: string;
  readonly action: string;
  readonly inputs?: any;
  readonly if?: any;
}

/** The steps of the build phase. */
export const stepsOf = (parent: ParentImage, ...steps: Step[]): DocumentStep[] => parse(documentOf({ buildSteps: steps }, parent)).phases[0].steps;

/** The PowerShell of the build phase, one text for each step that has any. */
export const scriptsOf = (parent: ParentImage, ...steps: Step[]): string[] =>
  stepsOf(parent, ...steps).flatMap(({ inputs }) => (inputs?.commands === undefined ? [] : [inputs.commands.join('\n')]));
