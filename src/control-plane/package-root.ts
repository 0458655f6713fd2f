import { existsSync, readFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join } from 'path';

const PACKAGE = 'cdk-golden-images';

/** Folder of a bundled handler of this package. */
export function handlerFolder(name: string): string {
  const folder = join(packageRoot(), 'assets', 'handlers', name);
  if (!existsSync(join(folder, 'index.mjs'))) {
    throw new Error(`the handler '${name}' is not bundled: expected ${join(folder, 'index.mjs')}; run 'npx projen bundle' in a checkout of ${PACKAGE}`);
  }
  return folder;
}

/** The same from `src/` in a checkout, from `lib/` when installed, and from an app that was bundled into one file. */
function packageRoot(): string {
  return rootAbove(__dirname) ?? dirname(createRequire(join(process.cwd(), 'app.js')).resolve(`${PACKAGE}/package.json`));
}

function rootAbove(folder: string): string | undefined {
  const manifest = join(folder, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === PACKAGE) { return folder; }
  return dirname(folder) === folder ? undefined : rootAbove(dirname(folder));
}
