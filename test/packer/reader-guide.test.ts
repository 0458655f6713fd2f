import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readerTables } from './helpers/reader-tables';

const GUIDE = join(__dirname, '../../docs/guides/from-packer.md');
const TABLE = /(<!-- reader table -->\n)[^]*(<!-- end of reader table -->)/;

test("what the guide says of blocks and functions is the code's", () => {
  const guide = readFileSync(GUIDE, 'utf8');
  const written = guide.replace(TABLE, (_, begin: string, end: string) => `${begin}${readerTables()}\n${end}`);
  // `UPDATE_GUIDE=1 npx jest test/packer/reader-guide` writes them.
  if (process.env.UPDATE_GUIDE) writeFileSync(GUIDE, written);
  expect(process.env.UPDATE_GUIDE ? written : guide).toBe(written);
  expect(written).toMatch(/`regex_replace`/);
});
