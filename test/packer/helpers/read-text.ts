import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TemplateError } from '../../../src/packer/template/error';
import type { Setting, Template } from '../../../src/packer/template/model';
import type { ReadOptions } from '../../../src/packer/template/options';
import { readTemplate } from '../../../src/packer/template/read';

/** Writes files into a new folder, lets a function use it, and removes it. */
export function inFolder<T>(files: Record<string, string>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'packer-read-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function readText(name: string, text: string, options: ReadOptions = {}, others: Record<string, string> = {}): Template {
  return inFolder({ ...others, [name]: text }, (folder) => {
    const variableFiles = options.variableFiles?.map((file) => join(folder, file));
    return readTemplate(join(folder, name), { environment: {}, ...options, ...(variableFiles ? { variableFiles } : {}) });
  });
}

/** `line:column what; fix` of the error that reading throws. */
export function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof TemplateError) return `${error.at.line}:${error.at.column} ${error.what}; ${error.fix}`;
    throw error;
  }
  throw new Error('the template was read');
}

/** A setting without places: runtime values as <call argument>, secrets as <secret name>. */
export function plain(setting: Setting | undefined): unknown {
  switch (setting?.kind) {
    case undefined: return undefined;
    case 'scalar': return setting.value;
    case 'list': return setting.value.map(plain);
    case 'map': return Object.fromEntries([...setting.value].map(([key, value]) => [key, plain(value)]));
    case 'data': return `<data ${setting.value.block.type}.${setting.value.block.name}.${setting.value.attribute}>`;
    case 'runtime': return setting.value.parts.map((part) => (typeof part === 'string' ? part : `<${[part.call, part.argument].filter(Boolean).join(' ')}>`)).join('');
    case 'unread': throw new TemplateError(setting.value.at, setting.value.what, setting.value.fix);
    case 'secret': return `<${setting.value.derived ? 'derived' : 'secret'} ${setting.value.variable}>`;
  }
}

export function settings(map: ReadonlyMap<string, Setting>): Record<string, unknown> {
  return Object.fromEntries([...map].map(([key, value]) => [key, plain(value)]));
}
