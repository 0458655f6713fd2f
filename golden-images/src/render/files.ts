import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zipOf } from './zip';
import type { Asset } from '../assembly/stacks';

/** What is written, by its path in the folder. */
export type Files = Map<string, FileContent>;

export type FileContent = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'asset'; readonly asset: Asset };

export const text = (content: string): FileContent => ({ kind: 'text', text: content });

/** Writes files into a folder, which may be there already. */
export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of files) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (content.kind === 'text') writeFileSync(path, content.text);
    else if (content.asset.zipped) writeFileSync(path, zipOf(content.asset.path));
    else copyFileSync(content.asset.path, path);
  }
}
