import { deepStrictEqual } from 'node:assert';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askPacker } from './ask';
import { inFolder } from '../packer/helpers/read-text';
import { RUN_FOLDER } from '../packer/helpers/runs';
import { RECORDED_SOURCES, SOURCES, type Contents } from '../packer/helpers/sources';

function packerContents(packer: string): Contents {
  return inFolder({ [SOURCES]: readFileSync(join(RUN_FOLDER, SOURCES), 'utf8') }, (folder) => {
    const { status, stdout } = askPacker(packer, ['build', '-color=false', SOURCES], folder);
    if (status !== 0) throw new Error(`Packer does not build ${SOURCES}:\n${stdout}`);
    return Object.fromEntries(readdirSync(folder).filter((name) => name.endsWith('.txt')).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  });
}

/** Holds what is recorded to the files that builders write; `write` records it anew. */
export function checkSources(packer: string, write: boolean): void {
  const contents = packerContents(packer);
  if (write) writeFileSync(RECORDED_SOURCES, `${JSON.stringify(contents, undefined, 1)}\n`);
  deepStrictEqual(JSON.parse(readFileSync(RECORDED_SOURCES, 'utf8')), contents, `${RECORDED_SOURCES} is what Packer writes: record it anew by --write`);
  console.log(`sources: ${Object.keys(contents).length} builders wrote what is recorded`);
}
