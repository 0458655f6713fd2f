import { dirname, resolve } from 'node:path';
import { eachLetter } from '../cases';
import { Late, type Text } from '../late';
import { LONGEST_TEXT } from '../limits';
import type { RuntimeValue } from '../model';
import { layoutFromStrftime } from '../time-layout';
import { transform } from '../transform';
import { GO_FUNCTIONS } from './go-functions';
import type { Argument, EngineFunction } from './interpolate';

type Fail = (what: string, fix: string) => never;

const LATER = 'use it in a name or a tag as it is, or write the value';

/** The functions that need nothing but their arguments, and folders. */
export function engineFunctions(templatePath: string, workingDirectory = '.'): Map<string, EngineFunction> {
  return new Map<string, EngineFunction>([
    ['upper', mapping('upper', (text) => eachLetter(text, (letter) => letter.toUpperCase()))],
    ['lower', mapping('lower', (text) => eachLetter(text, (letter) => letter.toLowerCase()))],
    // The older names are those that `packer fix` replaces.
    ...['clean_resource_name', 'clean_ami_name', 'clean_image_name'].map((name) => [name, mapping(name, cleanResourceName)] as const),
    ['replace', replacing('replace', true)],
    ['replace_all', replacing('replace_all', false)],
    ['split', split],
    ['template_dir', (args, fail) => noArguments('template_dir', args, fail) ?? resolve(dirname(templatePath))],
    ['pwd', (args, fail) => noArguments('pwd', args, fail) ?? resolve(workingDirectory)],
    ['timestamp', ofBuild('timestamp', { call: 'timestamp' })],
    ['uuid', ofBuild('uuid', { call: 'uuid' })],
    ['build_name', ofBuild('build_name', { call: 'source.name' })],
    ['build_type', ofBuild('build_type', { call: 'source.type' })],
    ['packer_version', ofBuild('packer_version', { call: 'packer.version' })],
    ['isotime', isotime],
    ['strftime', strftime],
    ['build', build],
    ...GO_FUNCTIONS,
    ...refusals(),
  ]);
}

/** Characters that packer-plugin-amazon keeps in the name of an AMI; each other byte becomes a hyphen. */
function cleanResourceName(name: string): string {
  const cleaned = [...Buffer.from(name, 'utf8')].map((byte) => (byte < 128 && /[A-Za-z0-9()[\] ./'@_-]/.test(String.fromCharCode(byte)) ? byte : 45));
  return Buffer.from(cleaned).toString('latin1');
}

export function textArgument(name: string, value: Argument | undefined, fail: Fail): string {
  if (value instanceof Late) return fail(`"${name}" is given a value that is sensitive or that only the build knows`, LATER);
  if (value === undefined) return fail(`"${name}" lacks an argument`, `write {{ ${name} \`…\` }}`);
  return String(value);
}

function noArguments(name: string, args: ReadonlyArray<Argument>, fail: Fail): undefined {
  if (args.length > 0) fail(`"${name}" takes no argument`, `write {{ ${name} }}`);
  return undefined;
}

function ofBuild(name: string, value: RuntimeValue): EngineFunction {
  return (args, fail) => noArguments(name, args, fail) ?? new Late([value]);
}

/** A function of the last argument alone. */
function mapping(name: string, apply: (text: string) => string): EngineFunction {
  return (args, fail) => {
    if (args.length !== 1) fail(`"${name}" takes one argument, not ${args.length}`, `write {{ ${name} \`text\` }}`);
    return transform(asText(args[0]!), apply) ?? fail(`"${name}" cannot be applied to a value that only the build knows`, LATER);
  };
}

function asText(value: Argument): Text {
  return value instanceof Late ? value : String(value);
}

/** `replace from to n text`, the first n of them (all where n is negative); `replace_all from to text`. */
function replacing(name: string, counted: boolean): EngineFunction {
  return (args, fail) => {
    const expected = counted ? 4 : 3;
    if (args.length !== expected) fail(`"${name}" takes ${expected} arguments, not ${args.length}`, `write {{ ${name} \`from\` \`to\`${counted ? ' n' : ''} \`text\` }}`);
    const [from, to] = [textArgument(name, args[0], fail), textArgument(name, args[1], fail)];
    const count = counted ? Number(textArgument(name, args[2], fail)) : -1;
    if (!Number.isInteger(count)) fail('the third argument of "replace" is a number', 'write -1 for all');
    return transform(asText(args[expected - 1]!), (text) => replaceFirst(text, from, to, count, fail))
      ?? fail(`"${name}" cannot be applied to a value that only the build knows`, LATER);
  };
}

function replaceFirst(text: string, from: string, to: string, count: number, fail: Fail): string {
  const pieces = from === '' ? ['', ...text, ''] : text.split(from);
  const last = count < 0 ? pieces.length - 1 : Math.min(count, pieces.length - 1);
  if (last * to.length > LONGEST_TEXT) fail('the result of the replacement is too long', 'keep the text in a file');
  return [...pieces.slice(0, last), pieces.slice(last).join(from)].join(to);
}

/** `split text separator index` gives one piece. */
const split: EngineFunction = (args, fail) => {
  if (args.length !== 3) fail(`"split" takes 3 arguments, not ${args.length}`, 'write {{ split `text` `separator` 0 }}');
  const pieces = textArgument('split', args[0], fail).split(textArgument('split', args[1], fail));
  const piece = pieces[Number(textArgument('split', args[2], fail))];
  return piece ?? fail(`"split" gives ${pieces.length} pieces, and the one asked for is not among them`, 'count from 0');
};

const isotime: EngineFunction = (args, fail) => {
  if (args.length > 1) fail('"isotime" takes one layout', 'write {{ isotime `2006-01-02` }}');
  return new Late([args.length === 0 ? { call: 'isotime' } : { call: 'isotime', argument: textArgument('isotime', args[0], fail) }]);
};

const strftime: EngineFunction = (args, fail) => {
  const argument = layoutFromStrftime(textArgument('strftime', args[0], fail));
  return argument === undefined
    ? fail('the format of "strftime" has an element that is not known', 'use {{ isotime `2006-01-02` }}')
    : new Late([{ call: 'isotime', argument }]);
};

const build: EngineFunction = (args, fail) => new Late([{ call: `build.${textArgument('build', args[0], fail)}` }]);

const SECRETS = 'declare a variable in "sensitive-variables" and bind it to a secret of Secrets Manager';

/** Actions that Packer has and that make no sense here: why, and what to do instead. */
export const REFUSED_ACTIONS: Readonly<Record<string, { readonly why: string; readonly fix: string }>> = {
  vault: { why: 'secrets are not read from Vault', fix: SECRETS },
  consul_key: { why: 'values are not read from Consul', fix: 'use a variable' },
  aws_secretsmanager: { why: 'secrets are not read while the template is read', fix: SECRETS },
  sed: { why: '"sed" was removed from Packer', fix: 'use "replace"' },
};

function refusals(): Array<[string, EngineFunction]> {
  const elsewhere = {
    env: { why: '"env" is valid in the defaults of variables only, as in Packer', fix: 'declare a variable, and use {{ user `name` }}' },
    user: { why: '"user" does not belong here', fix: 'write var.name in HCL2' },
  };
  return Object.entries({ ...REFUSED_ACTIONS, ...elsewhere }).map(([name, { why, fix }]) => [name, (_, fail) => fail(why, fix)]);
}
