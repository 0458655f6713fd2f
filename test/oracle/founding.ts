import { deepStrictEqual } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askPacker } from './ask';
import { readTemplate } from '../../src/packer/template/read';

const BARE_NAME = /\{\{ *user ([A-Za-z_]+) *\}\}/g;

/** Packer's own word on a template. The plugin for Windows Update is not part of Packer: that provisioner is left out. */
function validate(text: string, packer: string): number | null {
  const folder = mkdtempSync(join(tmpdir(), 'golden-images-oracle-'));
  try {
    const template = JSON.parse(text) as { provisioners: { type: string }[] };
    const provisioners = template.provisioners.filter(({ type }) => type !== 'windows-update');
    writeFileSync(join(folder, 'template.json'), JSON.stringify({ ...template, provisioners }));
    return askPacker(packer, ['validate', 'template.json'], folder).status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The founding template lacks the backquotes of its names. Packer refuses it; with what our reader repairs, it passes. */
export function checkFounding(path: string, packer: string): void {
  const text = readFileSync(path, 'utf8');
  const repaired = text.replace(BARE_NAME, '{{user `$1`}}');
  const lines = text.split('\n').flatMap((line, index) => [...line.matchAll(BARE_NAME)].map(() => index + 1));
  const told = readTemplate(path, { environment: {} }).notices.filter(({ severity }) => severity === 'warning').map(({ at }) => at.line);
  deepStrictEqual(told, lines, 'each bare name is repaired with a warning at its place');
  deepStrictEqual([validate(text, packer), validate(repaired, packer)], [1, 0], 'Packer refuses the founding template, and takes the repaired one');
  console.log(`repaired: founding.json (${lines.length} names), which packer validate refuses before and takes after`);
}
