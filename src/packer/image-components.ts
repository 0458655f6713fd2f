import type { Component } from '../component/component';

/** Components of an image of a template. */
export interface ImageComponents {
  /** Updates of the operating system, with which it begins. */
  readonly updates?: Component;
  readonly components: Component[];
}
