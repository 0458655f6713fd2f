import type { DefinitionPlan } from '../plan';

/** What runs in images. The same for several builders is one definition: a plan is compared by its value. */
export class Definitions {
  private readonly byValue = new Map<string, DefinitionPlan>();

  /** The id of a definition. */
  public add(definition: Omit<DefinitionPlan, 'id'>): string {
    const { platform, updates, others } = definition;
    const value = JSON.stringify([platform, updates, others]);
    const known = this.byValue.get(value) ?? { id: String(this.byValue.size + 1), ...definition };
    this.byValue.set(value, known);
    return known.id;
  }

  public get all(): DefinitionPlan[] {
    return [...this.byValue.values()];
  }
}
