import { deepStrictEqual } from 'node:assert';
import { readFileSync } from 'node:fs';
import { askPacker } from './ask';
import { hclFunctions } from '../../src/packer/hcl/functions';
import { inFolder } from '../packer/helpers/read-text';

const RECORDED = 'test/packer/fixtures/functions.json';

/** Which of some functions Packer has: a call of another one is told by its name. */
function known(packer: string, names: ReadonlyArray<string>): string[] {
  const locals = names.map((name) => `  call_${name} = ${name}()`);
  return inFolder({ 't.pkr.hcl': `locals {\n${locals.join('\n')}\n}\nsource "null" "a" { communicator = "none" }\nbuild { sources = ["null.a"] }\n` }, (folder) => {
    const { stdout } = askPacker(packer, ['validate', 't.pkr.hcl'], folder);
    const unknown = [...stdout.matchAll(/There is no function named\s+"(\w+)"/g)].map(([, name]) => name!);
    return names.filter((name) => !unknown.includes(name));
  });
}

/** Holds the list of functions to Packer, with those that only later versions have. */
export function checkFunctions(packer: string): void {
  const { functions, later } = JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<'functions' | 'later', string[]>;
  const all = [...new Set([...functions, ...hclFunctions.names])].sort();
  deepStrictEqual(known(packer, [...all, 'nobody_has_this']), all.filter((name) => !later.includes(name)));
  console.log(`functions: ${functions.length} of Packer are read or refused with a reason; ${later.length} are of later versions`);
}
