import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappingTables } from '../../../src/packer/mapping/table';

const GUIDE = join(__dirname, '../../../docs/guides/from-packer.md');
const TABLE = /(<!-- table -->\n)[^]*(<!-- end of table -->)/;

test("the guide's tables are the code's", () => {
  const guide = readFileSync(GUIDE, 'utf8');
  const written = guide.replace(TABLE, (_, begin: string, end: string) => `${begin}${mappingTables()}\n${end}`);
  // `UPDATE_GUIDE=1 npx jest test/packer/mapping/guide` writes them.
  if (process.env.UPDATE_GUIDE) writeFileSync(GUIDE, written);
  expect(process.env.UPDATE_GUIDE ? written : guide).toBe(written);
});

test('everything that stands in the notes of the mapping has a row', () => {
  const tables = mappingTables();
  for (const type of ['shell', 'powershell', 'windows-shell', 'file', 'windows-restart', 'windows-update', 'ansible-local', 'ansible', 'chef-solo', 'puppet-masterless',
    'salt-masterless', 'breakpoint', 'shell-local', 'manifest', 'checksum', 'compress', 'amazon-import', 'vagrant', 'googlecompute-export', 'artifice']) {
    expect(tables).toContain(`\`${type}\``);
  }
});
