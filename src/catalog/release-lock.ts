import type { Component } from '../component/component';

/** Components that bring Amazon Linux 2023 to a release of their own choice. */
const moving = new WeakSet<Component>();

/** Marks a component as one that leaves the release to which repositories are locked. */
export function movesRelease(component: Component): Component {
  moving.add(component);
  return component;
}

export const isMovingRelease = (component: Component): boolean => moving.has(component);
