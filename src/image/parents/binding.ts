import type { IConstruct } from 'constructs';
import type { ParentImageConfig } from './config';
import type { ParentImageOptions } from './options';

/** What a parent is for an image that stands on it. */
export interface ParentBinding {
  (scope: IConstruct): ParentImageConfig;
  /** What is known of it before an image stands on it. */
  readonly known: ParentImageOptions;
}

/** A parent of which something is known. */
export const knownAs = (known: ParentImageOptions, bind: (scope: IConstruct) => ParentImageConfig): ParentBinding => Object.assign(bind, { known });
