import { command, componentNames, roleNames, type Job } from '../job';
import { BuildSchedule, Component, ParentImage, PatchedBaseImage, RoleImage, Step } from 'cdk-golden-images';

const component = (name: string): Component => Component.fromSteps(name, { buildSteps: [Step.bash(command(name))] });

/** With this library. The one component of the base is its updates, which every patched base image has. */
export const goldenImages: Job = (stack, roles) => {
  const parent = new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });
  roleNames(roles).forEach((name) => new RoleImage(stack, name, { parent, components: componentNames(name).map(component) }));
};
