// What a synthesized app outside of this repository must hold.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const handlers = 'assets/handlers';

/** Those that a stack with a fleet has. Others come with registered images and with exported disks. */
const OF_A_FLEET = ['controller', 'guard', 'registry', 'seed'];

/** Throws unless the code of the functions, byte for byte, is among the assets of a cloud assembly. */
export function requireHandlers(assembly, names = OF_A_FLEET) {
  const code = readdirSync(assembly).map((name) => join(assembly, name, 'index.mjs')).filter(existsSync).map((path) => readFileSync(path, 'utf8'));
  const missing = names.filter((name) => !code.includes(readFileSync(join(handlers, name, 'index.mjs'), 'utf8')));
  if (missing.length > 0) throw new Error(`${assembly}: not among the assets: the code of ${missing.join(', ')}`);
  console.log(`  with the code of ${names.join(', ')}`);
}
