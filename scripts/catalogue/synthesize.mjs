import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleApp } from '../bundle-app.mjs';
import { run } from './run.mjs';

/** Synthesizes an app; returns the folder of its cloud assembly. */
export async function synthesize(entry, folder, dataStreams) {
  const [app, assembly] = [join(folder, 'app.cjs'), join(folder, 'cdk.out')];
  await bundleApp(entry, app);
  rmSync(assembly, { recursive: true, force: true });
  run(process.execPath, [app], { env: { ...process.env, CDK_OUTDIR: assembly, CDK_VALIDATION: 'false', DATA_STREAMS: dataStreams } });
  return assembly;
}
