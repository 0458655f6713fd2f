import { newBase, newStack, Synthesized } from './fixture';
import { Component, Step } from '../../src/component';
import { RoleImage } from '../../src/image';

const resources = (roles: number, componentsOf: (role: number) => Component[]): number => {
  const stack = newStack();
  const base = newBase(stack);
  for (let role = 0; role < roles; role += 1) {
    new RoleImage(stack, `Role${role}`, { parent: base, components: componentsOf(role) });
  }
  return Object.keys(new Synthesized(stack).resources).length;
};

const component = (name: string): Component => Component.fromSteps(name, { buildSteps: [Step.bash(`echo ${name}`)] });

test('an added role costs its components, a recipe and a pipeline', () => {
  const own = (role: number) => [component(`first-${role}`), component(`second-${role}`)];
  expect(resources(2, own) - resources(1, own)).toBe(4);
  expect(resources(11, own) - resources(1, own)).toBe(40);
});

test('what is there once a stack, with one base, is 39 resources: a stack of 500 holds 115 roles of two components', () => {
  expect(resources(0, () => [])).toBe(39);
});

test('a component that ten roles use is one resource', () => {
  const shared = component('shared');
  expect(resources(10, () => [shared]) - resources(1, () => [shared])).toBe(18);
  expect(resources(10, () => [component('equal')]) - resources(1, () => [component('equal')])).toBe(18);
});
