// Bundles an app that names the library as its users do.
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { localAwsBundle } from './local-aws-bundle.mjs';

/** The CDK is that of the project, not bundled. */
export const bundleApp = (entry, outfile) => build({
  ...localAwsBundle,
  entryPoints: [entry],
  outfile,
  format: 'cjs',
  external: ['aws-cdk-lib', 'constructs'],
  alias: { ...localAwsBundle.alias, 'cdk-golden-images': resolve('src/index.ts') },
});
