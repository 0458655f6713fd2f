import type { World } from '../../kernel';
import type { Collaborators } from '../engine/collaborators';
import type { Engine } from '../engine/engine';
import type { ResourceTypes } from '../engine/resource-types';
import type { Planner } from '../planning/plan';
import type { Stacks } from '../stack/stacks';

/** What the operations work with. */
export interface Context {
  readonly world: World;
  readonly stacks: Stacks;
  readonly types: ResourceTypes;
  readonly collaborators: Collaborators;
  readonly planner: Planner;
  readonly engine: Engine;
}
