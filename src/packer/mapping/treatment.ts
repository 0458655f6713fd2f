import { TemplateError } from '../template/error';
import type { Block, Setting } from '../template/model';
import { suggestion } from '../template/nearest';
import type { Notices } from '../template/notices';

/** What becomes of an option of a template. */
export type Treatment =
  | { readonly kind: 'mapped'; readonly becomes: string }
  /** Without loss: `why` says who does it instead. */
  | { readonly kind: 'dropped'; readonly why: string }
  /** Something is lost: `why` says what. */
  | { readonly kind: 'warned'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string; readonly fix: string };

export type OptionTable = Readonly<Record<string, Treatment>>;

export const mapped = (becomes: string): Treatment => ({ kind: 'mapped', becomes });
export const dropped = (why: string): Treatment => ({ kind: 'dropped', why });
export const warned = (why: string): Treatment => ({ kind: 'warned', why });
export const refused = (why: string, fix: string): Treatment => ({ kind: 'refused', why, fix });

/** The same treatment of several options. */
export const each = (names: string, treatment: Treatment): OptionTable => Object.fromEntries(names.split(' ').map((name) => [name, treatment]));

/** Goes through what a block has: tells of what is dropped, refuses what cannot be, and what nobody knows. */
export function treat(block: Block, what: string, table: OptionTable, notices: Notices): void {
  for (const [name, { at }] of block.settings) {
    const treatment = Object.hasOwn(table, name) ? table[name]! : undefined;
    if (treatment === undefined) throw new TemplateError(at, `${what} has no option "${name}" that is known`, suggestion(name, Object.keys(table)));
    if (treatment.kind === 'refused') throw new TemplateError(at, `"${name}" of ${what}: ${treatment.why}`, treatment.fix);
    if (treatment.kind === 'dropped') notices.inform(at, `"${name}" is dropped: ${treatment.why}`);
    if (treatment.kind === 'warned') notices.warn(at, `"${name}" is not taken over: ${treatment.why}`);
  }
}

/** Settings of which only those stand that are not empty: `""`, `null` and `[]` say as much as nothing. */
export function isEmpty(setting: Setting | undefined): boolean {
  if (setting === undefined) return true;
  if (setting.kind === 'scalar') return setting.value === null || setting.value === '';
  return setting.kind === 'list' && setting.value.length === 0;
}
