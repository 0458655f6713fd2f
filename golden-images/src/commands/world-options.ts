import * as forms from './forms';
import { single, type ValuesOf } from './option';
import type { WorldProps } from '../world';

/** Options of every command that starts a local AWS. */
export const worldOptions = {
  seed: single('N', forms.wholeNumber(0), 'the same seed gives the same history (default: 1)'),
  start: single('ISO', forms.moment, 'virtual time at the start (default: 2026-01-05T00:00:00Z, a Monday)'),
  account: single('ID', forms.account, 'account of the local AWS (default: 123456789012)'),
  region: single('NAME', forms.region, 'region of the local AWS (default: eu-central-1)'),
};

/** The properties of a world, of the options that were given. */
export function worldProps({ seed, start, account, region }: ValuesOf<typeof worldOptions>): WorldProps {
  return {
    ...(seed !== undefined ? { seed } : {}),
    ...(start !== undefined ? { start } : {}),
    ...(account !== undefined ? { account } : {}),
    ...(region !== undefined ? { region } : {}),
  };
}
