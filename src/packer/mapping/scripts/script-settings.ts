import type { ScriptEnvironment } from './environment';
import type { ScriptSettings } from '../../plan';
import { present } from '../present';

/** Settings of a script: only those that say something. */
export const scriptSettings = (label: string, { texts, secrets }: ScriptEnvironment, validExitCodes: number[]): ScriptSettings => present({
  label,
  environment: texts.size > 0 ? Object.fromEntries(texts) : undefined,
  secrets: secrets.size > 0 ? Object.fromEntries(secrets) : undefined,
  validExitCodes: validExitCodes.join() === '0' ? undefined : validExitCodes,
});

/** Lines of a script, without the one that ends it. */
export const linesOf = (text: string): string[] => text.replace(/^\uFEFF/, '').replace(/\r?\n$/, '').split('\n');
