// How the handlers are bundled: src/runtime/handlers/*.lambda.ts, each with the SDK clients that it uses.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { slimSdk } from './slim-sdk.mjs';

const source = 'src/runtime/handlers';

export const names = readdirSync(source).filter((file) => file.endsWith('.lambda.ts')).map((file) => basename(file, '.lambda.ts'));

export const handlerBundle = {
  entryPoints: names.map((name) => ({ in: join(source, `${name}.lambda.ts`), out: join(name, 'index') })),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  mainFields: ['module', 'main'],
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  plugins: [slimSdk],
  legalComments: 'none',
  logLevel: 'warning',
};
