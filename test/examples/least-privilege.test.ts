import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { build } from 'esbuild';
import { packerBuild, webFleet } from './examples';
import { DiskExport, ParentImage, PatchedBaseImage, BuildSchedule } from '../../src/image';
import { newStack } from '../image/fixture';

const root = join(__dirname, '../..');

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

/** What stands in a bundle that its handler never sends, and why. */
const idle: Record<string, string> = {
  'guard ssm:PutParameter': 'the adapter can write, the guard only reads',
  'guard ssm:DeleteParameter': 'the adapter can write, the guard only reads',
  'operator dynamodb:DeleteItem': 'the ledger can release leases, who registers takes none',
  'operator codebuild:ListBuildsForProject': 'the adapter can list, the operator asks for one build',
  'operator codebuild:StartBuild': 'the adapter can start, the operator only asks',
};

/** What is allowed only in a stack that has something for it. */
const ONLY_WITH: Record<string, RegExp> = {
  fleets: new RegExp(`^controller (${[
    'autoscaling:.*', 'cloudwatch:.*', 'elasticloadbalancing:.*', 'ec2:(Create|Delete)LaunchTemplateVersions?', 'ec2:DescribeInstanceImageMetadata',
  ].join('|')})$`),
  projects: /^(controller|operator) codebuild:/,
  imageBuilderParents: /^seed imagebuilder:(GetImage|ListImages|ListImageBuildVersions)$/,
};

/** Actions of every command that is left in a handler's bundle. */
async function called(handler: string): Promise<string[]> {
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints: [`src/runtime/handlers/${handler}.lambda.ts`], bundle: true, write: false, platform: 'node', format: 'esm', packages: 'external',
  });
  const bundle = outputFiles[0]!.text;
  const imported = [...bundle.matchAll(/import \{([^}]*)\} from "@aws-sdk\/([a-z0-9-]+)"/g)].flatMap(([, names, client]) =>
    [...names!.matchAll(/(\w+)Command\b(?: as (\w+))?/g)].map(([, name, alias]) => ({ action: `${prefixes[client!]}:${name}`, local: alias ?? `${name}Command` })));
  // AWS CodeBuild is called by its protocol, without a client.
  const protocol = bundle.includes('CodeBuild_20161006') ? [...bundle.matchAll(/this\.call\("(\w+)"/g)].map(([, operation]) => `codebuild:${operation}`) : [];
  return [...new Set([...imported.filter(({ local }) => bundle.includes(`new ${local}(`)).map(({ action }) => action), ...protocol])].sort();
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


function disks(): Stack {
  const stack = newStack('Disks');
  new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.fromImportedDisk('erp-server'), schedule: BuildSchedule.daily(), encrypted: false, diskExport: DiskExport.vmdk({ bucket: new Bucket(stack, 'Bucket') }),
  });
  return stack;
}

describe.each([
  { name: 'web-fleet', stack: webFleet.stack, has: ['fleets'], handlers: ['controller', 'seed', 'registry', 'guard'] },
  { name: 'packer-build', stack: packerBuild.stack, has: ['projects'], handlers: ['controller', 'seed', 'registry', 'guard', 'operator'] },
  { name: 'disks', stack: disks, has: ['imageBuilderParents'], handlers: ['controller', 'seed', 'registry', 'guard', 'distribution'] },
])('in $name', ({ stack, has, handlers }) => {
  const template = Template.fromStack(stack());
  const absent = Object.keys(ONLY_WITH).filter((feature) => !has.includes(feature)).map((feature) => ONLY_WITH[feature]!);

  test('every function is looked at', () => {
    const ids = Object.keys(template.findResources('AWS::Lambda::Function')).filter((id) => id.startsWith('GoldenImages'));
    expect(ids.map((id) => /Handlers([A-Z][a-z]+)/.exec(id)![1]!.toLowerCase()).sort()).toEqual([...handlers].sort());
  });

  test.each(handlers)('the role of %s allows each command that its code sends, and nothing else', async (handler) => {
    const sent = (await called(handler)).filter((action) => !(`${handler} ${action}` in idle) && !absent.some((unless) => unless.test(`${handler} ${action}`)));
    const given = allowed(template, handler);
    expect(sent.length).toBeGreaterThan(1);
    expect(sent.filter((action) => !given.includes(action))).toEqual([]);
    expect(given.filter((action) => !sent.includes(action) && !(action in implied))).toEqual([]);
  });
});
