import { spawnSync } from 'node:child_process';
import { parse } from 'yaml';
import { validateDocument } from '../../src/component/document';
import { Platform } from '../../src/image/platform';

/** What an expression over the module of the task is. */
function valueOf<T>(expression: string): T {
  const text = `import * as entries from './scripts/catalogue/entries.mjs'; console.log(JSON.stringify(${expression}))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as T;
}

const TABLE = "{ 'Web.nginx': { component: 'nginx' }, 'Vda.dcv': { excuse: 'not to be had' } }";

describe('entries of the catalogue', () => {
  test('are accounted for where they ran or are excused', () => {
    expect(valueOf(`entries.unaccounted(['Web.nginx', 'Vda.dcv'], ['catalogue--nginx'], ${TABLE})`)).toEqual([]);
  });

  test('are named where they are new, did not run, or are not there any more', () => {
    expect(valueOf(`entries.unaccounted(['Web.nginx', 'Web.caddy'], ['catalogue--apache'], ${TABLE})`)).toEqual([
      'Web.caddy is new: run it in test/catalogue/app.ts, or excuse it in scripts/catalogue/entries.mjs',
      'Vda.dcv is no entry of the library any more',
      'Web.nginx: no component nginx ran',
    ]);
  });

  test('are what the classes of the library make', () => {
    expect(valueOf("entries.entriesOf({ Web: class Web { static nginx() {} static apache() {} other() {} }, Level: { LOW: 'low' } })")).toEqual(['Web.nginx', 'Web.apache']);
  });

  test('run as one document that the service would take, phase by phase', () => {
    const components = "[{ name: 'a--b', phases: ['build', 'test'], parameters: ['Level=High=er'] }, { name: 'c', phases: ['build'], parameters: [] }]";
    const text = valueOf<string>(`entries.wrapper(${components})`);
    expect(validateDocument(text, Platform.LINUX)).toEqual([]);
    expect(parse(text)).toMatchObject({
      phases: [
        {
          name: 'build',
          steps: [
            { name: 'a--b', inputs: { document: 's3://documents/a--b.yaml', phases: 'build', parameters: [{ name: 'Level', value: 'High=er' }] } },
            { name: 'c', inputs: { document: 's3://documents/c.yaml', phases: 'build' } },
          ],
        },
        { name: 'test', steps: [{ name: 'a--b', inputs: { phases: 'test' } }] },
      ],
    });
  });
});
