// Leaves out of the handlers what they never use of the AWS SDK.
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The names of a service are constants, and schemas use them as computed keys. A bundler must assume that computing a key does
 * something, so it keeps every schema of a service (550 KB for EC2). Written as literal keys, the unused ones are dropped.
 */
function literalKeys(path) {
  const code = readFileSync(path, 'utf8');
  const values = new Map([...code.matchAll(/^const (_\w+) = ("(?:[^"\\]|\\.)*");$/gm)].map(([, name, value]) => [name, value]));
  return code.replace(/([{,]\s*)\[(_\w+)\]:/g, (whole, before, name) => (values.has(name) ? `${before}${values.get(name)}:` : whole));
}

/**
 * Lambda hands a function its credentials in the environment, or under SnapStart at a local address. Profiles, single sign-on,
 * web identities and instance metadata, with the clients that they need, stay out.
 */
const lambdaCredentials = `
  import { fromEnv } from '@aws-sdk/credential-provider-env';
  import { fromHttp } from '@aws-sdk/credential-provider-http';
  import { chain } from '@smithy/core/config';
  export const defaultProvider = (init) => chain(fromEnv(init), async () => fromHttp(init)());
`;

/** A client reads nothing but its version from its manifest. */
const manifest = (path) => JSON.stringify({ version: JSON.parse(readFileSync(path, 'utf8')).version });

export const slimSdk = {
  name: 'slim-sdk',
  setup: (build) => {
    build.onLoad({ filter: /@aws-sdk\/[^/]+\/dist-es\/schemas\/schemas_\d+\.js$/ }, ({ path }) => ({ contents: literalKeys(path) }));
    build.onLoad({ filter: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/ }, ({ path }) => ({ contents: lambdaCredentials, resolveDir: dirname(path) }));
    build.onLoad({ filter: /@aws-sdk\/client-[^/]+\/package\.json$/ }, ({ path }) => ({ contents: manifest(path), loader: 'json' }));
  },
};
