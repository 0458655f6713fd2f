import type { Construct } from 'constructs';
import type { RuntimeSecret } from '../../component/secret';
import type { bashFetch } from '../../component/secret-fetch';
import { fetchSecrets } from '../../component/secret-script';
import type { StepBindOptions } from '../../component/step';

/** Lines that fetch secrets into environment variables; none where there are no secrets. */
export const bindSecrets = (
  scope: Construct, options: StepBindOptions, secrets: Readonly<Record<string, RuntimeSecret>>, fetch: typeof bashFetch,
): string[] => (Object.keys(secrets).length === 0 ? [] : fetchSecrets(scope, options, { ...secrets }, fetch));
