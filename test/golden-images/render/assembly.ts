import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';

const folders: string[] = [];

export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'golden-images-render-'));
  folders.push(made);
  return made;
}

/** Synthesizes an app; gives the folder of its assembly. */
export function synthesize(fill: (stack: Stack, app: App) => void, env: { account?: string; region?: string } = { account: '111122223333', region: 'eu-central-1' }): string {
  const outdir = folder();
  const app = new App({ outdir });
  fill(new Stack(app, 'Steps', { env }), app);
  app.synth();
  return outdir;
}

export const removeFolders = (): void => folders.forEach((each) => rmSync(each, { recursive: true, force: true }));
