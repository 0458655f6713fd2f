// Holds the table of what public functions take (src/private/doors/api.generated.ts) to the public API; `--write` writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { readApi } from './doors/api.mjs';
import { render } from './doors/render.mjs';

const TABLE = 'src/private/doors/api.generated.ts';
const rendered = render(readApi());
if (process.argv.includes('--write')) { writeFileSync(TABLE, rendered); }
if (readFileSync(TABLE, 'utf8') !== rendered) {
  console.error(`${TABLE} is not what the public API says; write it anew: node scripts/doors.mjs --write`);
  process.exit(1);
}
