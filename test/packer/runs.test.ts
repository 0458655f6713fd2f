import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ourMarks, RUN_FOLDER, runName, RUNS, type Marks } from './helpers/runs';
import { ourContents, RECORDED_SOURCES } from './helpers/sources';

/** What Packer 1.9.4 ran. `npx projen packer-oracle` holds it to Packer. */
const RECORDED = JSON.parse(readFileSync(join(RUN_FOLDER, 'ran.json'), 'utf8')) as Record<string, Marks>;

test('sources have the settings that Packer has', () => {
  expect(ourContents()).toEqual(JSON.parse(readFileSync(RECORDED_SOURCES, 'utf8')));
});

test.each(RUNS.map((run) => [runName(run), run] as const))('the provisioners of %s run for the builders, and with the values, that Packer has', (name, run) => {
  expect(ourMarks(run)).toEqual(RECORDED[name]);
});
