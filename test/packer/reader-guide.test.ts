import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixture } from './helpers/fixtures';
import { readerTables } from './helpers/reader-tables';

const GUIDE = join(__dirname, '../../docs/guides/from-packer.md');
const TABLE = /(<!-- reader table -->\n)[^]*(<!-- end of reader table -->)/;

test.each((JSON.parse(readFileSync(fixture('functions.json'), 'utf8')) as { functions: string[] }).functions)('the guide says what becomes of Packer\'s function %s', (name) => {
  const [, functions = ''] = /### Functions of HCL2\n([^]*?)\n### /.exec(readFileSync(GUIDE, 'utf8')) ?? [];
  expect(functions).toMatch(new RegExp(`(?:^Read, .*|^\\| )\`${name}\``, 'm'));
});

test("what the guide says of blocks and functions is the code's", () => {
  const guide = readFileSync(GUIDE, 'utf8');
  const written = guide.replace(TABLE, (_, begin: string, end: string) => `${begin}${readerTables()}\n${end}`);
  // `UPDATE_GUIDE=1 npx jest test/packer/reader-guide` writes them.
  if (process.env.UPDATE_GUIDE) writeFileSync(GUIDE, written);
  expect(process.env.UPDATE_GUIDE ? written : guide).toBe(written);
  expect(written).toMatch(/`regex_replace`/);
});
