import { readdirSync } from 'node:fs';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { packerBuild, webFleet } from './examples';
import { actionsOf, commandsIn, rowOf, table } from './permissions/commands';
import { policiesOf } from './permissions/policies';
import { actionExists } from './permissions/reference';
import { disks, imports, packer } from './permissions/stacks';

/** What stands in a bundle that its handler never sends, and why. */
const idle: Record<string, string> = {
  'guard client-ssm PutParameter': 'the adapter can write, the guard only reads',
  'guard client-ssm DeleteParameter': 'the adapter can write, the guard only reads',
  'operator codebuild ListBuildsForProject': 'the adapter can list, the operator asks for one build',
  'operator codebuild StartBuild': 'the adapter can start, the operator only asks',
};

/** What is sent only in a stack that has something for it. */
const ONLY_WITH: Record<string, RegExp> = {
  fleets: new RegExp(`^controller client-(${[
    'auto-scaling .*', 'cloudwatch .*', 'elastic-load-balancing-v2 .*', 'ec2 (Create|Delete)LaunchTemplateVersions?', 'ec2 DescribeInstanceImageMetadata',
  ].join('|')})$`),
  projects: /^(controller|operator) codebuild /,
  copies: /^operator client-ec2 CopyImage$/,
  nestedStacks: /^distribution client-cloudformation DescribeStacks$/,
  imageBuilderParents: /^seed client-imagebuilder (GetImage|ListImages|ListImageBuildVersions)$/,
};

/** What Lambda does in the role of a function. */
const LAMBDA: Record<string, string[]> = { controller: ['lambda logs', 'lambda event source mapping of Amazon SQS'] };

/** Programs of an operator, in their rights. */
const IMPORT = ['golden-images/src/disks/import-disk.ts', 'golden-images/src/disks/target.ts'];
const REGISTER = ['golden-images/src/register/operator.ts'];

const handlerOf = (handler: string): string => `src/runtime/handlers/${handler}.lambda.ts`;

/** What the role of a function may do. */
function allowed(template: Template, handler: string): string[] {
  const functions = template.findResources('AWS::Lambda::Function') as Record<string, { Properties: { Role: { 'Fn::GetAtt': [string, string] } } }>;
  const [, { Properties: properties }] = Object.entries(functions).find(([id]) => new RegExp(`Handlers${handler}`, 'i').test(id))!;
  return allowedTo(template, properties.Role['Fn::GetAtt'][0]);
}

const allowedTo = (template: Template, principal: string): string[] => [...new Set(policiesOf(template)
  .filter(({ roles }) => roles.includes(principal)).flatMap(({ statements }) => statements).flatMap(({ Action }) => Action))].sort();

const example = (name: string, stack: () => Stack, has: string[], handlers: string[]) => ({ name, stack, has, handlers });

describe.each([
  example('web-fleet', webFleet.stack, ['fleets'], ['controller', 'seed', 'registry', 'guard', 'recorder']),
  example('packer-build', packerBuild.stack, ['projects'], ['controller', 'seed', 'registry', 'guard', 'operator']),
  example('all that Packer and others register', packer, ['projects', 'copies'], ['controller', 'seed', 'registry', 'guard', 'operator']),
  example('disks', disks, ['imageBuilderParents'], ['controller', 'seed', 'registry', 'guard', 'distribution']),
])('in $name', ({ stack, has, handlers }) => {
  const template = Template.fromStack(stack());
  const absent = Object.keys(ONLY_WITH).filter((feature) => !has.includes(feature)).map((feature) => ONLY_WITH[feature]!);

  test('every function is looked at', () => {
    const ids = Object.keys(template.findResources('AWS::Lambda::Function')).filter((id) => id.startsWith('GoldenImages'));
    expect(ids.map((id) => /Handlers([A-Z][a-z]+)/.exec(id)![1]!.toLowerCase()).sort()).toEqual([...handlers].sort());
  });

  test.each(handlers)('the role of %s allows each command that its code sends, what that takes besides, and nothing else', async (handler) => {
    const sent = (await commandsIn(handlerOf(handler)))
      .filter((command) => !(`${handler} ${command}` in idle) && !absent.some((unless) => unless.test(`${handler} ${command}`)));
    expect(sent.length).toBeGreaterThan(1);
    expect(allowed(template, handler)).toEqual(actionsOf([...sent, ...LAMBDA[handler] ?? ['lambda logs']]));
  });
});

test('who is granted the import of disks may do all that the command calls, with what that takes besides', async () => {
  const commands = await commandsIn(...IMPORT);
  expect(commands).toContain('client-imagebuilder ImportDiskImage');
  const template = Template.fromStack(imports());
  const given = allowedTo(template, Object.keys(template.findResources('AWS::IAM::User'))[0]!);
  const needed = actionsOf(commands);
  expect(needed.filter((action) => !given.some((pattern) => new RegExp(`^${pattern.replace(/\*/g, '.*')}$`).test(action)))).toEqual([]);
  // Disks are brought into the bucket by other programs.
  expect(given.filter((action) => !needed.includes(action) && !/^(s3|kms):/.test(action))).toEqual([]);
});

test('who is granted to register at a stack without a function URL may invoke the function', async () => {
  const template = Template.fromStack(packer({ operatorUrl: false }));
  // Whoever it is, AWS tells it; the stack or its parameter is named by who may read it.
  const free = ['sts:GetCallerIdentity', 'cloudformation:DescribeStacks', 'ssm:GetParameter'];
  expect([...allowedTo(template, Object.keys(template.findResources('AWS::IAM::User'))[0]!), ...free].sort()).toEqual(actionsOf(await commandsIn(...REGISTER)));
});

describe('the table of commands', () => {
  test('names actions that there are, and a page of AWS in every row', async () => {
    const actions = table.flatMap(({ action, needs, spared = {} }) => [action, ...needs, ...Object.keys(spared)]);
    expect((await Promise.all(actions.map(async (action) => (await actionExists(action) ? [] : [action])))).flat()).toEqual([]);
    expect(table.filter(({ source }) => !/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/.test(source))).toEqual([]);
  });

  test('has one row a command, and none that nobody sends', async () => {
    const handlers = readdirSync('src/runtime/handlers').filter((name) => name.endsWith('.lambda.ts')).map((name) => `src/runtime/handlers/${name}`);
    const sent = await commandsIn(...handlers, ...IMPORT, ...REGISTER);
    const rows = table.map(({ command }) => command).filter((command) => !command.startsWith('lambda '));
    expect(rows.filter((command, index) => rows.indexOf(command) < index)).toEqual([]);
    expect([...rows].sort()).toEqual(sent);
  });

  test('a command without a row is a mistake that says what to do', () => {
    expect(() => rowOf('client-ec2 TerminateInstances')).toThrow(/client-ec2 TerminateInstances has no row in commands.json: add its action and what else AWS checks/);
  });
});
