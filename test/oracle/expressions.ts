import { deepStrictEqual } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { askPacker } from './ask';
import { BUILD, DECLARATIONS, FILES, type Values } from '../packer/helpers/expressions';
import { inFolder } from '../packer/helpers/read-text';

const LIST = 'test/oracle/expressions.txt';
/** What Packer 1.9.4 said of each, for tests that run without it. */
const RECORDED = 'test/packer/fixtures/expressions.json';

const CONTINUED = '\r';

/** One a line; a line that begins with a bar goes on with the one before. */
function expressionsOf(path: string): string[] {
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('# '));
  return lines.join('\n').replaceAll(/\n\|(?: |$)/gm, CONTINUED).split('\n').map((line) => line.replaceAll(CONTINUED, '\n'));
}

/** By as few runs as can be: each expression is a local, and `inspect` shows the locals that can be evaluated. */
export function packerValues(packer: string, expressions: ReadonlyArray<string>): Values {
  const locals = expressions.map((expression, index) => `  e${index} = base64encode(jsonencode(${expression}\n))`);
  const { output, refused } = inspected(packer, locals);
  if (refused === undefined) {
    const shown = new Map([...output.matchAll(/^local\.e(\d+): "([A-Za-z0-9+/=]*)"$/gm)].map(([, index, value]) => [Number(index), Buffer.from(value!, 'base64').toString('utf8')]));
    return new Map(expressions.map((expression, index) => [expression, shown.get(index)]));
  }
  // A template with an error of syntax has no values at all: without those that are named, or in halves.
  if (expressions.length === 1) return new Map([[expressions[0]!, undefined]]);
  const without = expressions.filter((_, index) => !refused.has(index));
  const half = Math.ceil(expressions.length / 2);
  const groups = refused.size > 0 ? [without] : [expressions.slice(0, half), expressions.slice(half)];
  const values = new Map(groups.filter((group) => group.length > 0).flatMap((group) => [...packerValues(packer, group)]));
  return new Map(expressions.map((expression) => [expression, values.get(expression)]));
}

/** `refused` are those in whose lines Packer finds errors, where it reads nothing. */
function inspected(packer: string, locals: ReadonlyArray<string>): { readonly output: string; readonly refused?: ReadonlySet<number> } {
  const head = `${DECLARATIONS}\nlocals {\n`;
  return inFolder({ ...FILES, 't.pkr.hcl': `${head}${locals.join('\n')}\n}\n${BUILD}}\n` }, (folder) => {
    const { status, stdout } = askPacker(packer, ['inspect', 't.pkr.hcl'], folder);
    if (status === 0) return { output: stdout };
    const lines = new Set([...stdout.matchAll(/^ {2}on t\.pkr\.hcl line (\d+)/gm)].map(([, line]) => Number(line)));
    let line = lineCount(head);
    const refused = locals.flatMap((text, index) => {
      const [from, until] = [line, (line += lineCount(text) + 1)];
      return [...lines].some((each) => each > from && each <= until) ? [index] : [];
    });
    return { output: stdout, refused: new Set(refused) };
  });
}

const lineCount = (text: string): number => text.split('\n').length - 1;

/** Holds what is recorded to Packer; `write` records it anew. */
export function checkExpressions(packer: string, write: boolean): void {
  const values = packerValues(packer, expressionsOf(LIST));
  const record = Object.fromEntries([...values].map(([expression, value]) => [expression, value ?? null]));
  if (write) writeFileSync(RECORDED, `${JSON.stringify(record, undefined, 1)}\n`);
  deepStrictEqual(JSON.parse(readFileSync(RECORDED, 'utf8')), record, `${RECORDED} is what Packer says: record it anew by --write`);
  console.log(`recorded: ${values.size} expressions, of which Packer refuses ${[...values.values()].filter((value) => value === undefined).length}`);
}
