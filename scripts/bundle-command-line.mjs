// Bundles the second package to one file: golden-images/dist/golden-images.mjs, or the file given.
import { statSync } from 'node:fs';
import { build } from 'esbuild';
import { localAwsBundle } from './local-aws-bundle.mjs';

/** The CDK is that of the project, and is loaded when a command wants it: most do not. As an import it would be loaded at once. */
const cdkOfProject = {
  name: 'cdk-of-project',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(?:aws-cdk-lib|constructs)(?:\/|$)/ }, ({ path, namespace }) =>
      (namespace === 'cdk-of-project' ? { path, external: true } : { path, namespace: 'cdk-of-project' }));
    onLoad({ filter: /.*/, namespace: 'cdk-of-project' }, ({ path }) => ({
      contents: `module.exports = require(require.resolve('${path}', { paths: [process.cwd(), process.argv[1]] }));`,
      loader: 'js',
    }));
  },
};

const outfile = process.argv[2] ?? 'golden-images/dist/golden-images.mjs';
await build({
  ...localAwsBundle,
  plugins: [...localAwsBundle.plugins, cdkOfProject],
  entryPoints: ['golden-images/src/main.ts'],
  outfile,
  format: 'esm',
  banner: { js: "#!/usr/bin/env node\nimport{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
});
console.log(`${outfile}  ${(statSync(outfile).size / 1024).toFixed(0)} KiB`);
