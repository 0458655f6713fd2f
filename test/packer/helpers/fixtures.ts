import { join } from 'node:path';

/** Templates of our own writing; together they hold every row of the table of the mapping. */
export const FIXTURES = join(__dirname, '../fixtures');
export const JSON_FIXTURES = ['founding.json', 'windows.json', 'linux.json'];
export const HCL_FIXTURES = ['linux.pkr.hcl', 'early.pkr.hcl'];

export function fixture(name: string): string {
  return join(FIXTURES, name);
}
