// What every bundle with the local AWS in it shares.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** dynalite requires its actions by computed names; the bundler finds them when the file's ending stands there too. */
const dynaliteActions = {
  name: 'dynalite-actions',
  setup: (build) => build.onLoad({ filter: /node_modules\/dynalite\/index\.js$/ }, ({ path }) => ({
    contents: readFileSync(path, 'utf8').replace(/require\('(\.\/(?:actions|validations)\/)' \+ action\)/g, "require('$1' + action + '.js')"),
    loader: 'js',
  })),
};

export const localAwsBundle = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  alias: { 'classic-level': resolve('scripts/in-memory-only.cjs') },
  plugins: [dynaliteActions],
  legalComments: 'none',
  logLevel: 'warning',
};

/** The second package: one file without dependencies. */
export const commandLineBundle = {
  ...localAwsBundle,
  entryPoints: ['golden-images/src/main.ts'],
  format: 'esm',
  banner: { js: "#!/usr/bin/env node\nimport{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
};
