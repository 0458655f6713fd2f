import { engineFunctions } from '../../../src/packer/template/interpolation/functions';
import { interpolate } from '../../../src/packer/template/interpolation/interpolate';
import type { RuntimeValue } from '../../../src/packer/template/model';

/** A text in which Packer's template engine finds nothing to do. */
export const escaped = (text: string): string => text.replace(/\{{2,}|\{$/g, '{{`$&`}}');

/** A text for the template engine that comes to this one: as it is where that holds, so that `{{ .Vars }}` stays readable. */
export function engineText(text: string): string {
  return text.endsWith('{') || !staysAsItIs(text) ? escaped(text) : text;
}

function staysAsItIs(text: string): boolean {
  try {
    return interpolate(text, { functions: engineFunctions('template'), namesOnly: new Set(), repaired: () => undefined, warned: () => undefined }) === text;
  } catch {
    return false;
  }
}

const NAMES: Readonly<Record<string, string>> = { 'source.name': 'build_name', 'source.type': 'build_type' };

/** A value of the build as an action of the template engine. */
export function engineCall({ call, argument }: RuntimeValue): string {
  if (call.startsWith('build.')) return `{{build ${JSON.stringify(call.slice('build.'.length))}}}`;
  return `{{${NAMES[call] ?? call}${argument === undefined ? '' : ` ${JSON.stringify(argument)}`}}}`;
}
