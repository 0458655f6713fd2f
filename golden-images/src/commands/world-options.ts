import * as forms from './forms';
import { single } from './option';
import type { WorldProps } from '../world';

/** Options of every command that starts a local AWS. */
export const worldOptions = {
  seed: single('N', forms.wholeNumber(0), 'the same seed gives the same history (default 1)'),
  start: single('ISO', forms.moment, 'virtual time at the start (default 2026-01-05T00:00:00Z, a Monday)'),
  account: single('ID', forms.account, 'account of the local AWS (default 123456789012)'),
  region: single('NAME', forms.region, 'region of the local AWS (default eu-central-1)'),
};

export function worldProps({ seed, start, account, region }: { seed: number | undefined; start: number | undefined; account: string | undefined; region: string | undefined }): WorldProps {
  return {
    ...(seed !== undefined ? { seed } : {}),
    ...(start !== undefined ? { start } : {}),
    ...(account !== undefined ? { account } : {}),
    ...(region !== undefined ? { region } : {}),
  };
}
