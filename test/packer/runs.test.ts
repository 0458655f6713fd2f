import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ourMarks, RUN_FOLDER, RUNS, type Marks } from './helpers/runs';

/** What Packer 1.9.4 ran. `npx projen packer-oracle` holds it to Packer. */
const RECORDED = JSON.parse(readFileSync(join(RUN_FOLDER, 'ran.json'), 'utf8')) as Record<string, Marks>;

test.each(RUNS)('the provisioners of $file run for the builders, and with the values, that Packer has', (run) => {
  expect(ourMarks(run)).toEqual(RECORDED[run.file]);
});
