import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { build } from 'esbuild';
import { WebFleetStack } from '../../examples/web-fleet/web-fleet-stack';

const root = join(__dirname, '../..');
const folder = join(root, 'examples/web-fleet');

/** Names of services in IAM, by the client package that calls them. */
const prefixes: Record<string, string> = {
  'client-auto-scaling': 'autoscaling',
  'client-cloudformation': 'cloudformation',
  'client-cloudwatch': 'cloudwatch',
  'client-dynamodb': 'dynamodb',
  'client-ec2': 'ec2',
  'client-elastic-load-balancing-v2': 'elasticloadbalancing',
  'client-imagebuilder': 'imagebuilder',
  'client-sqs': 'sqs',
  'client-ssm': 'ssm',
};

/** What AWS checks although no command of ours is named so, and why. */
const implied: Record<string, string> = {
  'sqs:ReceiveMessage': 'the event source mapping polls as the function',
  'sqs:DeleteMessage': 'the event source mapping polls as the function',
  'sqs:ChangeMessageVisibility': 'the event source mapping polls as the function',
  'sqs:GetQueueAttributes': 'the event source mapping polls as the function',
  'ec2:RunInstances': 'whoever starts a refresh must be able to launch',
  'ec2:CreateTags': 'launch templates tag what they launch',
  'iam:PassRole': 'the launched instances get their role',
  'ec2:DescribeImages': 'Parameter Store checks AMI ids with the rights of the caller',
  'ec2:DescribeLaunchTemplates': 'Auto Scaling checks the template with the rights of the caller',
  'imagebuilder:TagResource': 'a build is tagged when it is started',
  'logs:CreateLogStream': 'every function writes its log',
  'logs:PutLogEvents': 'every function writes its log',
};

/** What stands in a bundle and is not needed for this example, and why. */
const idle: Record<string, string> = {
  'seed imagebuilder:GetImage': 'allowed where a parent is an Image Builder image',
  'seed imagebuilder:ListImageBuildVersions': 'allowed where a parent is an Image Builder image',
  'seed imagebuilder:ListImages': 'allowed where a parent is an Image Builder image',
  'guard ssm:PutParameter': 'the adapter can write, the guard only reads',
  'guard ssm:DeleteParameter': 'the adapter can write, the guard only reads',
};

/** Actions of every command that is left in a handler's bundle. */
async function called(handler: string): Promise<string[]> {
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints: [`src/runtime/handlers/${handler}.lambda.ts`], bundle: true, write: false, platform: 'node', format: 'esm', packages: 'external',
  });
  const bundle = outputFiles[0]!.text;
  const imported = [...bundle.matchAll(/import \{([^}]*)\} from "@aws-sdk\/([a-z0-9-]+)"/g)].flatMap(([, names, client]) =>
    [...names!.matchAll(/(\w+)Command\b(?: as (\w+))?/g)].map(([, name, alias]) => ({ action: `${prefixes[client!]}:${name}`, local: alias ?? `${name}Command` })));
  return [...new Set(imported.filter(({ local }) => bundle.includes(`new ${local}(`)).map(({ action }) => action))].sort();
}

interface Statement { readonly Effect: string; readonly Action: string | string[]; readonly Resource: unknown }

function allowed(template: Template, handler: string): string[] {
  const resources = template.toJSON().Resources as Record<string, { Type: string; Properties: Record<string, any> }>;
  const [, controlled] = Object.entries(resources).find(([id, { Type }]) => Type === 'AWS::Lambda::Function' && new RegExp(`Handlers${handler}`, 'i').test(id))!;
  const role = controlled.Properties.Role['Fn::GetAtt'][0] as string;
  const inline = (resources[role]!.Properties.Policies ?? []) as Array<{ PolicyDocument: { Statement: Statement[] } }>;
  const attached = Object.values(resources).filter(({ Type, Properties }) => /^AWS::IAM::(Managed)?Policy$/.test(Type) && JSON.stringify(Properties.Roles).includes(role))
    .map(({ Properties }) => ({ PolicyDocument: Properties.PolicyDocument }));
  return [...inline, ...attached].flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flatMap(({ Action }) => Action);
}

const { context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));
const template = Template.fromStack(new WebFleetStack(new App({ context: { ...context, 'aws:cdk:disable-stack-trace': true } }), 'WebFleet', { site: join(folder, 'site') }));

describe.each(['controller', 'seed', 'registry', 'guard'])('the role of %s', (handler) => {
  test('allows every command that its code sends', async () => {
    const commands = await called(handler);
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.filter((action) => !allowed(template, handler).includes(action) && !(`${handler} ${action}` in idle))).toEqual([]);
  });

  test('allows nothing that its code does not need', async () => {
    const commands = await called(handler);
    expect(allowed(template, handler).filter((action) => !commands.includes(action) && !(action in implied))).toEqual([]);
  });
});
