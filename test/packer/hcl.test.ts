import { fixture } from './helpers/fixtures';
import { inFolder, plain, readText, refusal, settings } from './helpers/read-text';
import { TemplateError } from '../../src/packer/template/error';
import { readTemplate } from '../../src/packer/template/read';

const REST = 'source "amazon-ebs" "one" {}\nbuild {\n  sources = ["source.amazon-ebs.one"]\n';
const DECLARED = [
  'variable "name" { default = "web" }',
  'variable "list" { default = ["a", "b"] }',
  'variable "map" { default = { one = 1, two = 2 } }',
  'variable "secret" {\n  sensitive = true\n  default = "hunter2"\n}',
  'variable "needed" {}',
  'locals { stamp = timestamp() }',
  'data "amazon-ami" "base" {\n  owners = ["amazon"]\n}',
].join('\n');

/** The value of an expression in a provisioner. */
function valueOf(expression: string, others: Record<string, string> = {}): unknown {
  const template = readText('t.pkr.hcl', `${DECLARED}\n${REST}  provisioner "shell" {\n    x = ${expression}\n  }\n}\n`, {}, others);
  return plain(template.builds[0]!.provisioners[0]!.settings.get('x'));
}

const wrong = (expression: string) => refusal(() => valueOf(expression));

describe('expressions', () => {
  test.each<[string, unknown]>([
    ['1 + 2 * 3 - -4 % 3', 8], ['(1 + 2) * 3 / 9', 1], ['1 < 2 && !(2 <= 1) || false', true], ['"1" == 1', false], ['[1, 2] == [1, 2]', true],
    ['var.name == "web" ? "yes" : "no"', 'yes'], ['var.list[1]', 'b'], ['var.list.0', 'a'], ['var.map["two"]', 2], ['var.map.one', 1],
    ['[for item in var.list : upper(item) if item != "b"]', ['A']], ['{ for key, value in var.map : value => key }', { 1: 'one', 2: 'two' }],
    ['{ for item in ["a", "b", "a"] : item => 1... }', { a: [1, 1], b: [1] }], ['[for i, item in var.list : "${i}${item}"]', ['0a', '1b']],
    ['[{ n = 1 }, { n = 2 }][*].n', [1, 2]], ['[{ n = [1] }].*.n', [[1]]], ['null', undefined],
    ['"${var.name}-%{ if true }a%{ else }b%{ endif }-$${x} %%{y} \\u0041\\t"', 'web-a-${x} %{y} A\t'], ['"%{ for x in var.list }<${x}>%{ endfor }"', '<a><b>'],
    ['"${var.list}"', ['a', 'b']], ['"a ${~ "b" ~} c"', 'abc'], ['{ "a b" = 1, (var.name) : 2 }', { 'a b': 1, 'web': 2 }],
    ['max([1, 5]...)', 5], ['concat([var.list, ["c"]]...)', ['a', 'b', 'c']], ['try(var.map.three, 3)', 3], ['can(var.map.three)', false],
    ['"a" /* comment */', 'a'], ['"$ % $a %b 100%"', '$ % $a %b 100%'],
  ])('%s', (expression, expected) => expect(valueOf(expression)).toEqual(expected));

  test('heredocs keep their text; <<- takes the common indentation away', () => {
    expect(valueOf('<<EOT\n  one\n    ${var.name} "quoted" \\n\nEOT\n')).toBe('  one\n    web "quoted" \\n\n');
    expect(valueOf('<<-EOT\n      one\n\n        two\n    EOT\n')).toBe('one\n\n  two\n');
    expect(valueOf('upper(<<EOT\nx\nEOT\n)')).toBe('X\n');
  });

  test.each<[string, RegExp]>([
    ['var.nam', /^17:9 the variable "nam" is not declared; did you mean "name"\?/], ['var.needed', /"needed" is required and has no value/],
    ['1 / 0', /the result is no number/], ['[1][3]', /1 items/], ['"a" + 1', /a number is needed/], ['var.list ? 1 : 2', /a condition is a list/],
    ['nothing', /the name "nothing" is not known here/], ['uper("x")', /"uper" is not known; did you mean "upper"\?/], ['upper()', /at least 1/], ['upper("a", "b")', /at most 1/],
    ['"${var.list} x"', /a list cannot stand in a text/], ['vault("a", "b")', /secrets are not read from Vault/], ['env("X")', /in the defaults of variables only/],
    ['consul_key("a")', /Consul/], ['aws_secretsmanager("a", "b")', /Secrets Manager/], ['path.module', /"path.module" is not known/],
    ['"unclosed', /not closed on its line/], ['<<EOT\nx', /not closed by a line with only "EOT"/], ['[1, 2', /comma or "\]"/], ['"\\q"', /escape/], ['"%{ if true }"', /not ended/],
    ['foo::bar()', /functions of plugins/], ['"a ${data.amazon-ami.base.id}"', /use it alone/], ['data.amazon-ami.base.size', /no attribute "size"/],
  ])('%s is refused', (expression, expected) => expect(wrong(expression)).toMatch(expected));
});

describe('functions', () => {
  test.each<[string, unknown]>([
    ['title("hello world")', 'Hello World'], ['trim("--a-", "-")', 'a'], ['trimprefix("abc", "a")', 'bc'], ['trimsuffix("abc", "c")', 'ab'], ['chomp("a\\n\\n")', 'a'],
    ['replace("a.b", ".", "-")', 'a-b'], ['replace("a/1/b", "/1/", "#")', 'a#b'], ['regex_replace("2024", "(20)(24)", "$2$1")', '2420'],
    ['regex("([a-z]+)-([0-9]+)", "web-12")', ['web', '12']], ['regexall("[a-z]", "a1b")', ['a', 'b']], ['split(",", "a,b")', ['a', 'b']], ['join("-", var.list)', 'a-b'],
    ['format("%s-%03d-%.1f-%q-%v-%%", "a", 7, 1.5, "q", [1])', 'a-007-1.5-"q"-[1]-%'], ['formatlist("x%s", var.list)', ['xa', 'xb']],
    ['substr("hello", 1, 3)', 'ell'], ['indent(2, "a\\nb")', 'a\n  b'], ['strrev("abc")', 'cba'], ['startswith("abc", "a")', true],
    ['length("héllo")', 5], ['merge({ a = 1 }, { a = 2, b = 3 })', { a: 2, b: 3 }], ['lookup({ a = 1 }, "b", 9)', 9], ['keys(var.map)', ['one', 'two']], ['values(var.map)', [1, 2]],
    ['flatten([[1], [2, [3]]])', [1, 2, 3]], ['distinct([1, 1, 2])', [1, 2]], ['sort(["b", "a"])', ['a', 'b']], ['range(3)', [0, 1, 2]], ['slice([1, 2, 3], 1, 2)', [2]],
    ['zipmap(["a"], [1])', { a: 1 }], ['contains(var.list, "a")', true], ['element(var.list, 3)', 'b'], ['coalesce("", "x")', 'x'], ['compact(["", "a"])', ['a']],
    ['setproduct(["a"], [1, 2])', [['a', 1], ['a', 2]]], ['setintersection([1, 2], [2])', [2]], ['chunklist([1, 2, 3], 2)', [[1, 2], [3]]], ['index(var.list, "b")', 1],
    ['jsonencode({ b = [1, null], a = "<" })', '{"a":"\\u003c","b":[1,null]}'], ['jsondecode("{\\"a\\": [1]}")', { a: [1] }], ['yamldecode("a: [1]")', { a: [1] }],
    ['yamlencode({ a = "x" })', '"a": "x"\n'], ['base64encode("é")', 'w6k='], ['base64decode("w6k=")', 'é'], ['urlencode("a b/c")', 'a+b%2Fc'],
    ['sha256("a")', 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'], ['parseint("ff", 16)', 255], ['ceil(1.2) + floor(1.8)', 3], ['pow(2, 3)', 8], ['pow(2, -1074) > 0', true],
    ['convert(1, string)', '1'], ['convert("2", number)', 2], ['convert("true", bool)', true], ['convert(["b", "a", "b"], set(string))', ['a', 'b']], ['timeadd("2024-01-01T00:00:00Z", "1h30m")', '2024-01-01T01:30:00Z'],
    ['formatdate("DD MMM YYYY, hh:mm", "2024-01-02T03:04:05Z")', '02 Jan 2024, 03:04'], ['basename("/a/b.txt")', 'b.txt'], ['dirname("/a/b.txt")', '/a'],
  ])('%s', (expression, expected) => expect(valueOf(expression)).toEqual(expected));

  test('files are looked for beside the template', () => {
    const others = { 'a.txt': 'text', 'b.tpl': '%{ for x in items ~}\n${x};\n%{ endfor ~}\n' };
    expect(valueOf('file("a.txt")', others)).toBe('text');
    expect(valueOf('file("${path.root}/a.txt")', others)).toBe('text');
    expect(valueOf('[fileexists("a.txt"), fileexists("b.txt")]', others)).toEqual([true, false]);
    expect(valueOf('templatefile("b.tpl", { items = ["x", "y"] })', others)).toBe('x;\ny;\n');
    expect(wrong('file("none.txt")')).toMatch(/^17:9 file: none.txt: the file cannot be read \(ENOENT\)/);
  });
});

describe('what is not known yet', () => {
  test.each<[string, unknown]>([
    ['timestamp()', '<isotime>'], ['regex_replace(timestamp(), "[- TZ:]", "")', '<isotime 20060102150405>'], ['"web-${local.stamp}"', 'web-<isotime>'],
    ['formatdate("YYYY-MM-DD\'T\'hh", timestamp())', '<isotime 2006-01-02T15>'], ['replace(local.stamp, ":", "-")', '<isotime 2006-01-02T15-04-05Z>'],
    ['legacy_isotime("2006")', '<isotime 2006>'], ['uuidv4()', '<uuid>'], ['"{{timestamp}} ${build.ID} ${source.name} ${packer.version}"', '<timestamp> <build.ID> one <packer.version>'],
    ['formatdate("hmmss", timestamp())', '<isotime \ue0000405>'], ['formatdate("hmm", "2024-01-02T03:04:05Z")', '304'], ['format("%s-%s", var.name, local.stamp)', 'web-<isotime>'], ['join("-", [var.name, local.stamp])', 'web-<isotime>'],
    ['var.secret', '<secret secret>'], ['"T=${var.secret}"', '<secret secret>'], ['upper(var.secret)', '<derived secret>'], ['sha256("x${var.secret}")', '<derived secret>'],
    ['var.secret == "" ? "none" : "some"', '<derived secret>'], ['length(var.secret)', '<derived secret>'], ['length(merge(var.secret, {}))', '<derived secret>'], ['{ a = [var.secret] }', { a: ['<secret secret>'] }],
    ['jsonencode({ a = var.secret })', '<derived secret>'], ['data.amazon-ami.base.id', '<data amazon-ami.base.id>'], ['build.name', ''],
  ])('%s', (expression, expected) => expect(valueOf(expression)).toEqual(expected));

  test('a time cannot be taken apart while the template is read', () => {
    expect(wrong('substr(timestamp(), 0, 4)')).toMatch(/known to the build only/);
    expect(wrong('replace(timestamp(), "0", "x")')).toMatch(/only the build knows/);
    expect(wrong('timestamp() == "x"')).toMatch(/cannot be compared/);
  });

  test('messages never tell a secret', () => {
    for (const expression of ['{ "${var.secret}" = 1 }', '1 + var.secret', '"%{ if var.secret }x%{ endif }"', '[for x in var.secret : x]']) {
      let message = '';
      try {
        message = JSON.stringify(valueOf(expression));
      } catch (error) {
        message = String(error);
      }
      expect(message).not.toMatch(/hunter2/);
    }
  });
});

describe('variables', () => {
  const read = (text: string, options = {}, others = {}) => readText('t.pkr.hcl', `${text}\n${REST}}\n`, options, others);
  const value = (text: string, options = {}, others = {}) => plain(read(text, options, others).variables[0]!.value);

  test('environment, then files, then single values', () => {
    const text = 'variable "a" { default = "1" }';
    const others = { 'a.pkrvars.hcl': 'a = "3"', 'b.json': '{ "a": "4" }' };
    expect(value(text, { environment: { PKR_VAR_a: '2', PKR_VAR_b: 'x' } })).toBe('2');
    expect(value(text, { environment: { PKR_VAR_a: '2' }, variableFiles: ['a.pkrvars.hcl'] }, others)).toBe('3');
    expect(value(text, { variableFiles: ['a.pkrvars.hcl', 'b.json'] }, others)).toBe('4');
    expect(value(text, { variableFiles: ['b.json'], variables: { a: '5' } }, others)).toBe('5');
  });

  test('values are converted to the type', () => {
    expect(value('variable "a" { type = number }', { variables: { a: '5' } })).toBe(5);
    expect(value('variable "a" { default = true }', { variables: { a: 'false' } })).toBe(false);
    expect(value('variable "a" { type = list(number) }', { variables: { a: '["1", 2]' } })).toEqual([1, 2]);
    expect(value('variable "a" { type = object({ x = string }) }', { variables: { a: '{ x = 1, y = 2 }' } })).toEqual({ x: '1' });
    expect(refusal(() => value('variable "a" { type = number }', { variables: { a: 'x' } }))).toMatch(/a number is needed/);
    expect(refusal(() => value('variable "a" { type = numbr }'))).toMatch(/not a type; did you mean "number"/);
  });

  test('validations speak', () => {
    const text = 'variable "a" {\n  default = "x"\n  validation {\n    condition = length(var.a) > 3\n    error_message = "Too short."\n  }\n}';
    expect(refusal(() => value(text))).toMatch(/^2:13 the value of "a" is not accepted: Too short\./);
    expect(value(text, { variables: { a: 'long enough' } })).toBe('long enough');
  });

  test('defaults: env, and nothing of the template', () => {
    expect(value('variable "a" { default = env("X") }', { environment: { X: 'y' } })).toBe('y');
    expect(refusal(() => value('variable "a" { default = local.x }'))).toMatch(/the default of a variable is fixed/);
  });

  test('unknown values: refused alone, told in files', () => {
    expect(refusal(() => read('variable "abc" { default = 1 }', { variables: { abd: '1' } }))).toMatch(/did you mean "abc"/);
    expect(readTemplate(fixture('folder'), { environment: {}, variableFiles: [fixture('values.pkrvars.hcl')] }).notices[0]!.message).toMatch(/"unknown" is given/);
  });

  test('locals depend on each other in any order, not in circles', () => {
    expect(read('locals {\n  a = local.b\n  b = local.a\n}').notices.map(({ message }) => message)).toContainEqual(expect.stringMatching(/the local "a" cannot be read: the local "a" depends on itself/));
    expect(read('locals {\n  a = "${local.b}!"\n  b = "x"\n}').builds).toHaveLength(1);
  });
});

describe('blocks', () => {
  test('a template with everything', () => {
    const template = readTemplate(fixture('linux.pkr.hcl'), { environment: { IMAGE_OWNER: 'me' } });
    const [build] = template.builds;
    expect(template).toMatchObject({ format: 'hcl2', requiredVersion: '>= 1.7.0' });
    expect(build!.builders.map(({ name }) => name)).toEqual(['amazon-ebs.bare', 'amazon-ebs.frontend']);
    expect(build!.provisioners.map(({ type }) => type)).toEqual(['shell', 'file', 'shell', 'ansible-local']);
    expect(build!.postProcessors.map((chain) => chain.map(({ type }) => type))).toEqual([['manifest'], ['checksum', 'compress']]);
    expect(build!.errorCleanup?.type).toBe('shell');
    expect(template.data.map(({ type, name }) => `${type}.${name}`)).toEqual(['amazon-ami.base', 'amazon-parameterstore.agent']);
    expect(settings(build!.builders[1]!.settings)).toEqual({
      region: 'eu-central-1',
      source_ami: '<data amazon-ami.base.id>',
      instance_type: 't3.small',
      ssh_username: 'ec2-user',
      ami_name: 'web-<isotime 20060102150405>',
      launch_block_device_mappings: [{ device_name: '/dev/xvda', volume_size: 20 }, { device_name: '/dev/sdf', volume_size: 50 }],
      metadata_options: { http_tokens: 'required' },
      tags: { 'Name': 'WEB', 'Built At': '<isotime 2006-01-02>', 'Source': '{{ .SourceAMI }}' },
    });
    expect(plain(build!.provisioners[1]!.settings.get('content'))).toBe('Welcome to WEB.\n  Price: ${cost}, share: 100%{x}\n      - nginx\n      - jq\n      quiet -q\n');
    expect(build!.provisioners[2]).toMatchObject({ only: ['amazon-ebs.frontend'] });
    expect([...build!.provisioners[2]!.overrides!.keys()]).toEqual(['amazon-ebs.frontend']);
    expect(build!.provisioners[0]!.settings.get('inline')!.at).toMatchObject({ line: 116, column: 24 });
  });

  test('a folder: files by name, automatic values by name, several builds', () => {
    const template = readTemplate(fixture('folder'), { environment: {} });
    expect(template.builds.map(({ name }) => name)).toEqual([undefined, 'second']);
    expect(plain(template.variables.find(({ name }) => name === 'count')!.value)).toBe(3);
    expect(readTemplate(fixture('folder'), { environment: {}, only: ['second.*'] }).builds.map(({ name }) => name)).toEqual(['second']);
    expect(readTemplate(fixture('folder'), { environment: {}, only: ['amazon-ebs.one'] }).builds.map(({ name }) => name)).toEqual([undefined]);
    inFolder({ 'x.txt': '' }, (folder) => expect(refusal(() => readTemplate(folder))).toMatch(/holds no template/));
  });

  test.each<[string, RegExp]>([
    [`${REST} dynamic "provisioner" {}\n}`, /"dynamic" has no content/],
    [`${REST} dynamic "provisionr" {}\n}`, /"build" has no block "provisionr"; did you mean "provisioner"/],
    ['vairable "x" {}', /no block "vairable"; did you mean "variable"/],
    ['x = 1', /outside of a block/],
    ['build { sources = ["source.amazon-ebs.x"] }', /the source "amazon-ebs.x" is not declared/],
    ['build {}', /the build has no source/],
    ['variable "a" {}', /the template has no build/],
    ['source "a" "b" {\n x = 1\n}\nbuild {\n source "a.b" {\n  x = 2\n }\n}', /"x" is set in the source, too/],
    ['source "a" "b" {\n x = 1\n x = 2\n}', /^3:2 "x" is set twice/],
    ['source "a" "b" {', /ends within a block/],
    ['}', /not opened/],
    ['source "a" "${b}" {}', /a label is a fixed text/],
    ['source "a" "b" { x = build.ID }\nbuild { sources = ["a.b"] \n name = build.ID\n}', /"build" is not available here/],
    ['variable "a" { typ = string }', /no attribute "typ"; did you mean "type"/],
  ])('%s is refused', (text, expected) => expect(refusal(() => readText('t.pkr.hcl', text))).toMatch(expected));
});

/** Why a text is refused, or what of it cannot be read. */
function complaint(text: string): string {
  let said: string[] = [];
  const refused = (): void => {
    said = readText('t.pkr.hcl', text).notices.map(({ at, message }) => `${at.line}:${at.column} ${message}`);
    throw new TemplateError({ file: '', line: 0, column: 0 }, 'read', said[0] ?? 'nothing is wrong');
  };
  const why = refusal(refused);
  return said[0] ?? why;
}

describe('what would never end', () => {
  const doubled = (count: number) => Array.from({ length: count }, (_, i) => `  l${i + 1} = [local.l${i}, local.l${i}]`).join('\n');
  test.each<[string, string]>([
    ['texts that double', `locals {\n  l0 = "xxxxxxxxxxxxxxxx"\n${doubled(40).replaceAll(/\[local\.(\w+), local\.(\w+)\]/g, '"${local.$1}${local.$2}"')}\n}\n`],
    ['lists that double', `locals {\n  l0 = ["x"]\n${doubled(40)}\n}\n`],
    ['loops in loops', 'locals {\n  r = range(1000)\n  x = [for a in local.r : [for b in local.r : [for c in local.r : 1]]]\n}\n'],
    ['patterns on long texts', 'locals {\n  a = format("%1000s", "")\n  b = replace(local.a, " ", local.a)\n  c = [for i in range(1000) : regexall("( *)*b", substr(local.b, 0, 50000))]\n}\n'],
    ['locals on locals', `locals {\n  l0 = 1\n${Array.from({ length: 2000 }, (_, i) => `  l${i + 1} = local.l${i}`).reverse().join('\n')}\n}\n`],
    ['operators in a row', `locals {\n  x = ${'1 + '.repeat(100_000)}1\n}\n`],
    ['brackets', `locals {\n  x = ${'['.repeat(100_000)}\n}\n`],
    ['signs', `locals {\n  x = ${'!'.repeat(100_000)}true\n}\n`],
    ['conditions', `locals {\n  x = ${'true ? 1 : '.repeat(50_000)}1\n}\n`],
    ['blocks in blocks', 'a {\n'.repeat(50_000)],
    ['loops in objects', `locals {\n  x = ${'{ for a in '.repeat(1000)}\n}\n`],
    ['attributes of attributes', `locals {\n  x = var${'.a'.repeat(100_000)}\n}\n`],
    ['a huge replacement', 'locals {\n  a = format("%1000s", "")\n  b = replace(local.a, " ", local.a)\n  c = replace(local.b, " ", local.b)\n}\n'],
    ['a template that reads itself', 'locals {\n  x = templatefile("t.pkr.hcl", {})\n  y = "${templatefile(\\"t.pkr.hcl\\", {})}"\n}\n'.replaceAll('\\"', '"')],
  ])('%s', (_, text) => {
    expect(complaint(`${text}${REST}}\n`)).toMatch(/^\d+:\d+ (?:the local "\w+" cannot be read: )?\S/);
  });
});
