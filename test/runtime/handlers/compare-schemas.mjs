// Prints for each client of the handlers whether its schemas are the same with and without scripts/slim-sdk.mjs.
import { build } from 'esbuild';
import { slimSdk } from '../../../scripts/slim-sdk.mjs';

const clients = ['auto-scaling', 'cloudformation', 'cloudwatch', 'dynamodb', 'ec2', 'elastic-load-balancing-v2', 'imagebuilder', 'sqs', 'ssm'];

async function schemas(client, plugins) {
  const entry = `node_modules/@aws-sdk/client-${client}/dist-es/schemas/schemas_0.js`;
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'node', plugins });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** References between schemas are functions, of the same text on both sides. */
const text = (exported) => JSON.stringify(Object.entries(exported), (_, value) => (typeof value === 'function' ? String(value) : value));

for (const client of clients) {
  const [whole, slim] = [text(await schemas(client, [])), text(await schemas(client, [slimSdk]))];
  console.log(`${client} ${whole === slim && whole.length > 1000 ? 'equal' : 'DIFFERENT'}`);
}
