import { parse } from 'yaml';
import type { Component } from '../../src/component';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage } from '../../src/image';
import { OperatingSystemVersion } from '../../src/platform';
import { newStack, Synthesized } from '../image/fixture';

export const AMAZON_LINUX = ParentImage.amazonLinux2023();
export const WINDOWS = ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022);

/** What an image with the component becomes. */
export function synthesized(component: Component, parent = AMAZON_LINUX): Synthesized {
  const stack = newStack();
  const base = new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily() });
  new RoleImage(stack, 'Role', { parent: base, components: [component] });
  return new Synthesized(stack);
}

/** The phases of a component's document, each with its steps. */
export function phasesOf(component: Component, name: string, parent = AMAZON_LINUX): Record<string, any[]> {
  const { phases } = parse(synthesized(component, parent).component(`web--${name}`));
  return Object.fromEntries(phases.map((phase: any) => [phase.name, phase.steps]));
}

/** All commands of steps, as one text. */
export const scriptsOf = (steps: any[] | undefined): string => (steps ?? []).flatMap(({ inputs }) => inputs?.commands ?? []).join('\n');
