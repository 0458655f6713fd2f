import type { Binding } from './component';
import { ComponentStore } from './component-store';
import type { ComponentDefinition } from './definition';

/** A component with a document of ours: one resource a stack. */
export const shared = (definition: ComponentDefinition): Binding => (scope, options) => ComponentStore.of(scope).use(scope, definition, options);
