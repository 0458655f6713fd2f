import type { ScriptEnvironment } from './environment';
import type { PackerScriptOptions } from '../../packer-script-options';

/** Options of a script: only those that say something. */
export function scriptOptions(label: string, { texts, secrets }: ScriptEnvironment, validExitCodes: number[]): PackerScriptOptions {
  return {
    label,
    ...Object.keys(texts).length > 0 ? { environment: { ...texts } } : {},
    ...Object.keys(secrets).length > 0 ? { secrets: { ...secrets } } : {},
    ...validExitCodes.join() === '0' ? {} : { validExitCodes },
  };
}

/** Lines of a script, without the one that ends it. */
export const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').replace(/\r?\n$/, '').split('\n');
