import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { AwsError } from '../kernel';

/** Temporary folders with the code of functions. */
export class CodeStore {
  private root: string | undefined;
  private count = 0;

  /** Unpacks a zip and gives its folder. */
  public unpack(zip: Uint8Array): string {
    const folder = this.folder();
    for (const [name, data] of Object.entries(entries(zip))) {
      const file = resolve(folder, name);
      if (!file.startsWith(folder + sep)) throw unusable();
      if (name.endsWith('/')) continue;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, data);
    }
    return folder;
  }

  /** Source text given inline: CloudFormation puts it into `index.js`. */
  public inline(text: string): string {
    const folder = this.folder();
    writeFileSync(join(folder, 'index.js'), text);
    return folder;
  }

  public close(): void {
    if (this.root) rmSync(this.root, { recursive: true, force: true });
    this.root = undefined;
  }

  private folder(): string {
    this.root ??= root();
    const folder = join(this.root, String(this.count++));
    mkdirSync(folder);
    return folder;
  }
}

export const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('base64');

/** The file of a handler such as `index.handler`, in the order in which the Node runtime looks for it. */
export function handlerFile(folder: string, handler: string): { file: string; exported: string; isModule: boolean } {
  const dot = handler.lastIndexOf('.');
  const base = join(folder, handler.slice(0, dot));
  const extension = ['.js', '.mjs', '.cjs'].find((each) => existsSync(base + each));
  const file = base + (extension ?? '.js');
  return { file, exported: handler.slice(dot + 1), isModule: extension === '.mjs' || (extension === '.js' && isModulePackage(folder)) };
}

function isModulePackage(folder: string): boolean {
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module';
}

/** The runtime brings the SDK along; here it is the one of the project that is deployed, where there is one. */
function root(): string {
  const made = mkdtempSync(join(tmpdir(), 'golden-images-functions-'));
  for (const scope of ['@aws-sdk', '@smithy']) {
    const installed = join(process.cwd(), 'node_modules', scope);
    if (!existsSync(installed)) continue;
    mkdirSync(join(made, 'node_modules'), { recursive: true });
    symlinkSync(installed, join(made, 'node_modules', scope), 'dir');
  }
  return made;
}

function entries(zip: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(zip);
  } catch {
    throw unusable();
  }
}

const unusable = (): AwsError => new AwsError('InvalidParameterValueException', 'Could not unzip uploaded file. Please check your file, then try to upload again.');
