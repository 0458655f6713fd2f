import type { RuntimeSecret } from '../../component/secret';

/** Environment variables of a script: texts, and secrets that are fetched when it runs. */
export interface ScriptEnvironment {
  readonly texts: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, RuntimeSecret>>;
}
