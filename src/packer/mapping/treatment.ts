import { isEmpty, isZero } from './empty';
import type { Part } from './part';
import type { Setting } from '../template/model';
import { suggestion } from '../template/nearest';

/** What becomes of an option of a template. */
export type Treatment =
  /** `options` are those of the blocks that it consists of. */
  | { readonly kind: 'mapped'; readonly becomes: string; readonly options?: OptionTable }
  /** Without loss: `why` says who does it instead. */
  | { readonly kind: 'dropped'; readonly why: string }
  /** Something is lost: `why` says what. */
  | { readonly kind: 'warned'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string; readonly fix: string };

/** One that is not refused. */
export type Acceptance = Exclude<Treatment, { kind: 'refused' }>;

export type OptionTable = Readonly<Record<string, Treatment>>;

export const mapped = (becomes: string, options?: OptionTable): Acceptance => ({ kind: 'mapped', becomes, ...options ? { options } : {} });
export const dropped = (why: string): Acceptance => ({ kind: 'dropped', why });
export const warned = (why: string): Extract<Treatment, { kind: 'warned' }> => ({ kind: 'warned', why });
export const refused = (why: string, fix: string): Treatment => ({ kind: 'refused', why, fix });

/** The same treatment of several options. */
export const each = (names: string, treatment: Treatment): OptionTable =>
  Object.fromEntries(names.trim().split(/\s+/).map((name) => [name, treatment]));

const UNSET = dropped('it has the value of an option that is not set');

/** Goes through what a block has: tells of what is dropped, refuses what cannot be, and what nobody knows. */
export function treat(settings: ReadonlyMap<string, Setting>, what: string, table: OptionTable, part: Part, above = ''): void {
  for (const [name, setting] of settings) treatOption(name, setting, what, table, part, above);
}

function treatOption(name: string, setting: Setting, what: string, table: OptionTable, part: Part, above: string): void {
  const { at } = setting;
  const option = `${above}${name}`;
  const treatment = Object.hasOwn(table, name) ? table[name]! : undefined;
  if (treatment === undefined) {
    return part.refuse(at, `${what} has no option "${name}" that is known`, suggestion(name, Object.keys(table)), option);
  }
  if (treatment.kind !== 'mapped' && isZero(setting)) return part.became(at, UNSET, option);
  if (treatment.kind === 'refused') return part.refuse(at, `"${name}" of ${what}: ${treatment.why}`, treatment.fix, option);
  part.became(at, treatment, option);
  if (treatment.kind === 'dropped') part.inform(at, `"${name}" is dropped: ${treatment.why}`);
  if (treatment.kind === 'warned') part.warn(at, `"${name}" is not taken over: ${treatment.why}`);
  if (treatment.kind === 'mapped' && treatment.options && !isEmpty(setting)) {
    for (const block of setting.kind === 'list' ? setting.value : [setting]) {
      if (block.kind === 'map') treat(block.value, `"${name}" of ${what}`, treatment.options, part, `${option}.`);
    }
  }
}
