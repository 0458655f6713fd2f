import { inFolder, plain, readText, refusal, settings } from './helpers/read-text';
import { readTemplate } from '../../src/packer/template/read';

const ONE = 'source "amazon-ebs" "one" {}\n';
const build = (body: string): string => `${ONE}build {\n  sources = ["source.amazon-ebs.one"]\n${body}\n}\n`;
const read = (text: string, options = {}) => readText('t.pkr.hcl', text, options);
const value = (text: string, name = 'x', options = {}) => plain(read(text, options).builds[0]!.provisioners[0]!.settings.get(name));

describe('parts that are not taken over refuse nothing', () => {
  test('a setting that cannot be read says so by itself, in lists and blocks too', () => {
    const text = build('  provisioner "shell" {\n    x = vault("a", "b")\n    y = ["c", data.http.z.body]\n    block {\n      z = 1 / 0\n    }\n    w = 1\n  }').replace(ONE, `${ONE}data "http" "z" {}\n`);
    const [block] = read(text).builds[0]!.provisioners;
    expect(block!.settings.get('x')).toMatchObject({ kind: 'unread', value: { what: 'vault: secrets are not read from Vault' } });
    expect(block!.settings.get('y')).toMatchObject({ value: [{ value: 'c' }, { kind: 'unread', value: { fix: 'give its value: --data http.z.body=VALUE' } }] });
    expect(plain(block!.settings.get('w'))).toBe(1);
    expect(refusal(() => plain(block!.settings.get('block')))).toMatch(/no number/);
  });

  test('many that cannot be read do not get in the way of those that can', () => {
    const lines = Array.from({ length: 300 }, (_, index) => `    x${index} = upper(lower("\${nope(${index})}"))`).join('\n');
    expect(value(build(`  provisioner "shell" {\n${lines}\n    last = upper("a")\n  }`), 'last')).toBe('A');
  });

  test('a local that nothing uses is told, a data source of any kind stands, and the registry of HCP Packer is left out', () => {
    const template = read(`locals {\n  a = nope("x")\n}\ndata "hcp-packer-image" "x" {\n  y = nope()\n}\n${build('  hcp_packer_registry {\n    bucket_name = "x"\n  }')}`);
    expect(template.notices.map(({ at, message }) => [at.line, message.replace(/;.*/, '')])).toEqual([
      [2, 'the local "a" cannot be read: the function "nope" is not known'],
      [10, 'the registry of HCP Packer is not taken over: the registry of images does the same'],
    ]);
    expect(template.data[0]!.settings.get('y')!.kind).toBe('unread');
  });

  test('a variable without a value is refused where it is used alone', () => {
    const template = read(`variable "a" {}\n${build('  provisioner "shell" {\n    x = var.a\n  }')}`);
    expect(template.variables[0]).toMatchObject({ name: 'a', used: true });
    expect(refusal(() => plain(template.builds[0]!.provisioners[0]!.settings.get('x')))).toMatch(/"a" is required and has no value/);
  });
});

describe('values of data sources', () => {
  const text = `data "http" "version" {\n  url = "https://example.com"\n}\n${build('  provisioner "shell" {\n    x = trimspace(data.http.version.body)\n    y = data.http.version.request_headers["Accept"]\n  }')}`;
  const data = { 'http.version.body': '1.2\n', 'http.version.request_headers.Accept': 'text/plain' };

  test('are those that are given, by name and attribute', () => {
    expect(value(text, 'x', { data })).toBe('1.2');
    expect(value(text, 'y', { data })).toBe('text/plain');
    expect(refusal(() => value(text))).toMatch(/^\d+:\d+ data "http" is not read; give its value: --data http\.version\.body=VALUE/);
  });

  test('one for a data block that is not there is refused', () => {
    expect(refusal(() => read(text, { data: { 'http.versoin.body': '1' } }))).toMatch(/data "http.versoin.body" is given, but no data block is called so/);
  });
});

describe('dynamic blocks', () => {
  test('are made of lists, sets and maps, in their order; nested ones too', () => {
    const text = [
      'variable "tags" { default = { b = "2", a = "1" } }', 'source "a" "b" {', '  dynamic "tag" {', '    for_each = var.tags',
      '    content {', '      key   = tag.key', '      value = tag.value', '      dynamic "more" {', '        for_each = [tag.value, "x"]', '        iterator = item',
      '        content {', '          n = "${item.key}${item.value}"', '        }', '      }', '    }', '  }', '  tag {', '    key = "last"', '  }', '}', 'build { sources = ["a.b"] }',
    ].join('\n');
    expect(settings(read(text).builds[0]!.builders[0]!.settings)).toEqual({
      tag: [
        { key: 'a', value: '1', more: [{ n: '01' }, { n: '1x' }] }, { key: 'b', value: '2', more: [{ n: '02' }, { n: '1x' }] }, { key: 'last' },
      ],
    });
  });

  test('one over nothing makes none; one over what is not known is refused where it is used', () => {
    const over = (list: string): string => `source "a" "b" {\n  x = 1\n  dynamic "tag" {\n    for_each = ${list}\n    content {}\n  }\n}\nbuild { sources = ["a.b"] }`;
    expect(settings(read(over('[]')).builds[0]!.builders[0]!.settings)).toEqual({ x: 1 });
    expect(read(over('nope()')).builds[0]!.builders[0]!.settings.get('tag')).toMatchObject({ kind: 'unread' });
  });

  test.each<[string, RegExp]>([
    ['dynamic "provisioner" {\n for_each = "x"\n content {}\n}', /"for_each" goes through a string/],
    ['dynamic "provisioner" {\n content {}\n}', /has no for_each/],
    ['dynamic "provisioner" {\n for_each = ["x"]\n labels = "shell"\n content {}\n}', /"labels" is not a list of texts/],
    ['dynamic "provisioner" {\n for_each = ["x"]\n content {}\n}', /"provisioner" has 0 labels instead of 1/],
  ])('%s is refused', (body, expected) => expect(refusal(() => read(build(body)))).toMatch(expected));
});

describe('names', () => {
  test('names in "only" and "except" that are no full name of a builder are told', () => {
    const { notices, builds } = read(build('  provisioner "shell" {\n    only = ["one", "amazon-ebs.*"]\n  }\n  provisioner "shell" {\n    except = ["one"]\n    override = { "amazon-ebs.one" = {} }\n  }'));
    expect(builds[0]!.provisioners.map(({ only, except }) => [only, except])).toEqual([[['one', 'amazon-ebs.*'], undefined], [undefined, ['one']]]);
    expect(notices.map(({ message }) => message)).toEqual([
      expect.stringMatching(/"one", so that it stands for none: in HCL2 Packer compares "only" and "except" with "amazon-ebs\.one"/),
      expect.stringMatching(/"amazon-ebs\.\*", so that it stands for none/),
      expect.stringMatching(/"one", so that it stands for none/),
      expect.stringMatching(/"amazon-ebs\.one" after its type, so that Packer does not use this override/),
    ]);
  });

  test.each(['pause_before = "1s"', 'max_retries = 1', 'timeout = "1m"', 'only = []'])('an override with %s is refused, as in Packer', (option) => {
    expect(refusal(() => read(build(`  provisioner "shell" {\n    override = { one = { ${option} } }\n  }`)))).toMatch(/the override "one" has "\w+", which Packer refuses/);
    expect(read(build(`  provisioner "shell" {\n    override = { nobody = { ${option} } }\n  }`)).builds).toHaveLength(1);
  });

  test('env stands anywhere in a default, and nowhere else', () => {
    expect(value(`variable "a" { default = "\${env("X")}-\${env("NONE")}" }\n${build('  provisioner "shell" {\n    x = var.a\n  }')}`, 'x', { environment: { X: 'y' } })).toBe('y-');
    expect(refusal(() => value(build('  provisioner "shell" {\n    x = env("X")\n  }')))).toMatch(/in the defaults of variables only/);
  });

  test('path.root is as it was named, and from the working directory where that was absolute', () => {
    inFolder({ 'images/t.pkr.hcl': build('  provisioner "shell" {\n    x = path.root\n    y = file("${path.root}/a.txt")\n  }'), 'images/a.txt': 'text' }, (folder) => {
      const before = process.cwd();
      process.chdir(folder);
      try {
        for (const path of ['images/t.pkr.hcl', 'images', `${process.cwd()}/images`]) {
          expect(settings(readTemplate(path, { environment: {} }).builds[0]!.provisioners[0]!.settings)).toEqual({ x: 'images', y: 'text' });
        }
        expect(settings(readTemplate(`${process.cwd()}/images/t.pkr.hcl`, { environment: {} }).builds[0]!.provisioners[0]!.settings)).toEqual({ x: 'images', y: 'text' });
      } finally {
        process.chdir(before);
      }
    });
  });
});

describe('HCL2 in the syntax of JSON', () => {
  test.each<[string, RegExp]>([
    ['{ "build": { "sources": ["a.b"] } }', /^1:25 the source "a.b" is not declared/],
    ['{ "vairable": 1 }', /^1:3 an attribute stands outside of a block/],
    ['{ "source": { "a": { "b": [1] } } }', /^1:28 "source" is not an object/],
    ['{ "source": { "a": { "b": { "x": "é${1 +}" } } }, "build": { "sources": ["a.b"] } }', /^1:\d+ a value is missing here/],
    ['{ "variable": { "x": { "type": "strin" } } }', /^1:33 this is not a type; did you mean "string"/],
  ])('%s is refused', (text, expected) => expect(refusal(() => readText('t.pkr.json', text))).toMatch(expected));

  test('stands beside files of the other syntax', () => {
    inFolder({ 'a.pkr.hcl': 'variable "v" { default = [1.10] }\n', 'b.pkr.json': '{ "source": { "a": { "b": { "x": "${var.v[0]}", "//": "y" } } }, "build": { "sources": ["a.b"] } }' }, (folder) => {
      expect(settings(readTemplate(folder, { environment: {} }).builds[0]!.builders[0]!.settings)).toEqual({ x: 1.1 });
    });
  });
});

test('functions of later versions of Packer', () => {
  const x = (expression: string): unknown => value(build(`  provisioner "shell" {\n    x = ${expression}\n  }`));
  expect(x('textencodebase64("aé", "UTF-16LE")')).toBe('YQDpAA==');
  expect(x('textdecodebase64("YQDpAA==", "UTF-16LE")')).toBe('aé');
  expect(x('[textencodebase64("é", "ISO-8859-1"), textencodebase64("€", "windows-1252"), textencodebase64("a", "UTF-8")]')).toEqual(['6Q==', 'gA==', 'YQ==']);
  expect(refusal(() => x('textencodebase64("€", "US-ASCII")'))).toMatch(/has no such character/);
  expect(refusal(() => x('textdecodebase64("/w==", "UTF-8")'))).toMatch(/has no such bytes/);
  expect(x('rfc3339_parse("2023-07-25T23:43:16+02:00")')).toEqual({
    year: 2023,
    year_day: 206,
    day: 25,
    month: 7,
    month_name: 'July',
    weekday: 2,
    weekday_name: 'Tuesday',
    hour: 23,
    minute: 43,
    second: 16,
    iso_year: 2023,
    iso_week: 30,
    unix: 1690321396,
  });
  expect(x('unix_timestamp_parse(1690328596).rfc3339')).toBe('2023-07-25T23:43:16Z');
  expect(x('[rfc3339_parse("2021-01-03T00:00:00Z").iso_week, rfc3339_parse("2020-12-31T00:00:00Z").iso_week, rfc3339_parse("2024-12-30 00:00:00Z").iso_year]')).toEqual([53, 53, 2025]);
});
