import { fixture } from './helpers/fixtures';
import { plain, readText, refusal, settings } from './helpers/read-text';
import { readTemplate } from '../../src/packer/template/read';

const BUILDER = '{ "type": "amazon-ebs" }';

/** The value of a setting of the only builder. */
function valueOf(text: string, more = '', options = {}): unknown {
  const template = readText('t.json', `{ ${more} "builders": [{ "type": "amazon-ebs", "x": ${JSON.stringify(text)} }] }`, options);
  return plain(template.builds[0]!.builders[0]!.settings.get('x'));
}

const wrong = (text: string, more = '', options = {}) => refusal(() => valueOf(text, more, options));

describe('the founding template', () => {
  const template = readTemplate(fixture('founding.json'));

  test('is read word for word, its bare names repaired with a warning each', () => {
    expect(settings(template.builds[0]!.builders[0]!.settings)).toMatchObject({ region: 'eu-central-1', source_ami: 'ami-3d787d57', ami_name: 'MyTestImage' });
    expect(template.notices.map(({ severity, at, message }) => `${severity} ${at.line}:${at.column} ${message}`)).toEqual([
      'warning 12:28 read AWS_REGION as `AWS_REGION`: Packer refuses names without backquotes',
      'warning 13:32 read AWS_SOURCE_AMI as `AWS_SOURCE_AMI`: Packer refuses names without backquotes',
      'warning 15:29 read IMAGE_NAME as `IMAGE_NAME`: Packer refuses names without backquotes',
    ]);
  });

  test('says which variables nothing refers to', () => {
    expect(template.variables.filter(({ used }) => !used).map(({ name }) => name)).toEqual(['Revision', 'AWS_ACCESS_KEY', 'AWS_SECRET']);
  });

  test('keeps provisioners, filters and their order', () => {
    expect(template.builds[0]!.provisioners.map(({ type }) => type)).toEqual(['windows-update', 'powershell']);
    expect(settings(template.builds[0]!.provisioners[0]!.settings)).toEqual({
      search_criteria: 'IsInstalled=0', filters: ["exclude:$_.Title -like '*Preview*'", 'include:$true'], update_limit: 25,
    });
  });
});

describe('the engine of JSON templates', () => {
  const variables = '"variables": { "name": "Web", "list": "a,b", "n": null, "e": "{{env `HOME_X`}}", "chain": "{{user `name`}}!" },';

  test.each([
    ['{{user `name`}}', 'Web'],
    ['{{ user "name" }}', 'Web'],
    ['{{user `name` | upper}}', 'WEB'],
    ['{{lower (user `name`)}}', 'web'],
    ['{{user `chain`}}', 'Web!'],
    ['{{user `e`}}', 'from outside'],
    ['{{replace `a` `b` 1 `aaa`}}', 'baa'],
    ['{{replace `a` `b` -1 `aaa`}}', 'bbb'],
    ['{{replace_all `a` `b` `aaa`}}', 'bbb'],
    ['{{split `a-b-c` `-` 2}}', 'c'],
    ['{{`a:b*c` | clean_resource_name}}', 'a-b-c'],
    ['{{timestamp}}', '<timestamp>'],
    ['{{isotime}}', '<isotime>'],
    ['{{isotime `2006-01-02`}}', '<isotime 2006-01-02>'],
    ['{{isotime | clean_resource_name}}', '<isotime 2006-01-02T15-04-05Z>'],
    ['{{strftime `%Y%m%d`}}', '<isotime 20060102>'],
    ['x-{{uuid}}', 'x-<uuid>'],
    ['{{build `ID`}} {{build_name}} {{build_type}}', '<build.ID> amazon-ebs amazon-ebs'],
    ['{{split build_name `-` 1}} {{user `nobody`}}.', 'ebs .'],
    ['{{packer_version}}', '<packer.version>'],
    ['chmod +x {{ .Path }}; {{.Vars}} {{ .Path }}', 'chmod +x {{ .Path }}; {{.Vars}} {{ .Path }}'],
    ['{{ if .X }}a{{ end }}', '{{ if .X }}a{{ end }}'],
    ['{{`{{`}} stays', '{{ stays'],
    ['a {{- /* comment */ -}} b', 'ab'],
  ])('%s', (text, expected) => expect(valueOf(text, variables, { environment: { HOME_X: 'from outside' } })).toBe(expected));

  test.each([
    ['{{user `n`}}', /the variable "n" is required and has no value; pass one/],
    ['{{env `HOME`}}', /valid in the defaults of variables only/],
    ['{{uper `x`}}', /"uper" is not known here; did you mean "upper"\?/],
    ['{{upper}}', /takes one argument, not 0/],
    ['{{vault `a` `b`}}', /Vault; declare a variable in "sensitive-variables"/],
    ['{{if true}}', /"{{if}}" is not closed; write {{ end }} where it ends/],
    ['{{user `name`', /not closed/],
    ['{{timestamp | replace `1` `2` -1}}', /only the build knows/],
    ['{{split `a` `-` 3}}', /gives 1 pieces/],
  ])('%s is refused', (text, expected) => expect(wrong(text, variables)).toMatch(expected));

  test('says where in a text with escapes something is wrong', () => {
    const template = readText('t.json', '{ "builders": [{ "type": "x",\n "a": "\\u0041\\n {{uper `x`}}" }] }');
    expect(refusal(() => plain(template.builds[0]!.builders[0]!.settings.get('a')))).toMatch(/^2:19 /);
  });

  test('a sensitive variable gives a secret, never its value', () => {
    const sensitive = '"variables": { "password": "hunter2" }, "sensitive-variables": ["password"],';
    const template = readText('t.json', `{ ${sensitive} "builders": [{ "type": "x", "a": "p={{user \`password\`}}", "b": "{{user \`password\` | upper}}" }] }`);
    expect(settings(template.builds[0]!.builders[0]!.settings)).toEqual({ a: '<secret password>', b: '<derived password>' });
    expect(JSON.stringify(template, (_, value: unknown) => (value instanceof Map ? [...value] : value))).not.toMatch(/hunter2/i);
  });
});

describe('variables of JSON templates', () => {
  const text = '{ "variables": { "a": "1", "b": "{{user `a`}}" }, "builders": [{ "type": "x", "v": "{{user `a`}} {{user `b`}}" }] }';
  const read = (options: object) => plain(readText('t.json', text, options, { 'one.json': '{ "a": "2" }', 'two.json': '{ "a": 3, "c": "?" }' }).builds[0]!.builders[0]!.settings.get('v'));

  test('files win over defaults, later files over earlier, single values over all', () => {
    expect(read({})).toBe('1 1');
    expect(read({ variableFiles: ['one.json'] })).toBe('2 2');
    expect(read({ variableFiles: ['one.json', 'two.json'] })).toBe('3 3');
    expect(read({ variableFiles: ['one.json'], variables: { b: 'b{{user `a`}}' } })).toBe('2 b2');
  });

  test('values from outside are templates, null is empty, and what nobody declares is what was given', () => {
    const json = '{ "variables": { "a": "1" }, "builders": [{ "type": "x", "v": "<{{user `a`}}> <{{user `b`}}> <{{user `c`}}>" }] }';
    const template = readText('t.json', json, { variableFiles: ['v.json'], variables: { b: '{{user `a`}}-{{env `HOME_X`}}' }, environment: { HOME_X: 'h' } }, { 'v.json': '{ "a": null }' });
    expect(plain(template.builds[0]!.builders[0]!.settings.get('v'))).toBe('<> <-h> <>');
    expect(template.notices).toEqual([expect.objectContaining({ severity: 'warning', message: expect.stringMatching(/the variable "c" is not declared, and empty; did you mean "a"/) })]);
    expect(refusal(() => plain(readText('t.json', text, { variables: { b: '{{user' } }).builds[0]!.builders[0]!.settings.get('v')))).toMatch(/^1:2 a template action is not closed/);
  });

  test('an unknown one is refused, in a file told', () => {
    expect(refusal(() => read({ variables: { aa: '1' } }))).toMatch(/"aa" is given, but not declared; did you mean "a"/);
    const template = readText('t.json', text, { variableFiles: ['two.json'] }, { 'two.json': '{ "c": "?" }' });
    expect(template.notices.map(({ message }) => message)).toEqual([expect.stringMatching(/"c" is given, but not declared/)]);
  });

  test('a circle is refused', () => {
    const circle = '"variables": { "a": "{{user `b`}}", "b": "{{user `a`}}" }';
    const template = readText('t.json', `{ ${circle}, "builders": [{ "type": "x", "v": "{{user \`a\`}}" }] }`);
    expect(refusal(() => plain(template.builds[0]!.builders[0]!.settings.get('v')))).toMatch(/depends on itself/);
    expect(template.notices.map(({ message }) => message)).toContainEqual(expect.stringMatching(/the variable "a" cannot be read: the variable "a" depends on itself/));
  });
});

describe('sections of JSON templates', () => {
  test('everything of a template is read', () => {
    const template = readTemplate(fixture('windows.json'), { environment: {} });
    const [build] = template.builds;
    expect(template).toMatchObject({ format: 'json', description: 'A Windows web server', requiredVersion: '>= 1.6.0' });
    expect(build!.provisioners.map(({ type }) => type)).toEqual(['powershell', 'file', 'windows-shell', 'windows-restart', 'windows-update', 'powershell', 'powershell']);
    expect(build!.postProcessors.map((chain) => chain.map(({ type }) => type))).toEqual([['vagrant'], ['manifest'], ['compress', 'checksum']]);
    expect(build!.errorCleanup?.type).toBe('powershell');
    expect(build!.provisioners[1]!.only).toEqual(['web']);
    expect(settings(build!.provisioners[5]!.overrides!.get('core')!)).toEqual({ script: 'scripts/core.ps1' });
  });

  test('what depends on the builder is read for each of them', () => {
    const provisioners = '[{ "type": "shell", "inline": ["echo {{build_name}}"], "override": { "b": { "remote_path": "/x" } } }, { "type": "shell", "inline": [] }]';
    const { builders, provisioners: [first, second] } = readText('t.json', `{ "builders": [{ "type": "x", "v": "{{build_type}}" }, { "type": "x", "name": "b" }], "provisioners": ${provisioners} }`).builds[0]!;
    expect(plain(builders[0]!.settings.get('v'))).toBe('x');
    expect(Object.fromEntries([...first!.overrides!].map(([name, own]) => [name, settings(own)]))).toEqual({ x: { inline: ['echo x'] }, b: { inline: ['echo b'], remote_path: '/x' } });
    expect(second!.overrides).toBeUndefined();
  });

  test('only, except and override go by names as they are written; one name is a list of one', () => {
    const provisioner = '{ "type": "shell", "only": "{{user `v`}}-one", "override": { "{{user `v`}}-one": { "x": 1 } } }';
    const template = readText('t.json', `{ "variables": { "v": "my" }, "builders": [{ "type": "x", "name": "{{user \`v\`}}-one" }], "provisioners": [${provisioner}] }`);
    expect(template.builds[0]!.provisioners[0]).toMatchObject({ only: ['my-one'] });
    expect([...template.builds[0]!.provisioners[0]!.overrides!.keys()]).toEqual(['my-one']);
  });

  test('an override has no options that are not those of the plugin, as in Packer', () => {
    const provisioners = '[{ "type": "shell", "override": { "x": { "pause_before": "1s" } } }]';
    expect(refusal(() => readText('t.json', `{ "builders": [{ "type": "x" }], "provisioners": ${provisioners} }`))).toMatch(/^1:\d+ an override has "pause_before", which Packer refuses/);
  });

  test('a setting that cannot be read refuses nothing but itself', () => {
    const [builder] = readText('t.json', '{ "builders": [{ "type": "x", "a": "{{vault `a` `b`}}", "b": ["c", "{{consul_key `d`}}"] }] }').builds[0]!.builders;
    expect(builder!.settings.get('a')).toMatchObject({ kind: 'unread', value: { what: 'secrets are not read from Vault' } });
    expect(builder!.settings.get('b')).toMatchObject({ kind: 'list', value: [{ kind: 'scalar', value: 'c' }, { kind: 'unread' }] });
  });

  test('what was removed from Packer, or is not declared, is told', () => {
    const { notices } = readText('t.json', `{ "builders": [${BUILDER}], "push": {}, "sensitive-variables": ["x"] }`);
    expect(notices.map(({ message }) => message)).toEqual([expect.stringMatching(/"push" is not taken over/), expect.stringMatching(/sensitive variable "x" is not declared/)]);
  });

  test('only keeps what it names, and has to name something', () => {
    const builders = (only: string[]) => readTemplate(fixture('windows.json'), { environment: {}, only }).builds[0]!.builders.map(({ name }) => name);
    expect(builders(['core'])).toEqual(['core']);
    expect(builders(['*e*'])).toEqual(['web', 'core']);
    expect(refusal(() => builders(['wbe']))).toMatch(/no builder is called "wbe"; did you mean "web"/);
  });

  test.each([
    [`{ "builder": [${BUILDER}] }`, /^1:3 "builder" is not a section of a template; did you mean "builders"\?/],
    ['{ "builders": [] }', /has no builder/],
    ['{ "builders": [{}] }', /the builder has no "type"/],
    [`{ "builders": [${BUILDER}, ${BUILDER}] }`, /two builders are called "amazon-ebs"/],
    [`{ "builders": [${BUILDER}], "provisioners": [{ "type": "x", "only": ["y"] }] }`, /no builder is called "y"/],
    [`{ "builders": [${BUILDER}], "provisioners": {} }`, /"provisioners" is not a list/],
    [`{ "builders": [${BUILDER}], "post-processors": [[["x"]]] }`, /not a post-processor/],
    ['{ "builders": [{ "type": "x", "a": 1, "a": 2 }] }', /^1:39 "a" stands twice/],
    ['{ "builders": [1,] }', /a comma stands before the end/],
    ['{ // comment\n }', /JSON knows no comments|double quotes/],
    ['[]', /the template is not an object/],
    ['', /ends too early/],
    ['{} x', /text follows/],
    ['{ "a": "line\nbreak" }', /not closed/],
    [`{ "_a": ${'['.repeat(200)}`, /more than 100 levels/],
  ])('%s is refused', (text, expected) => expect(refusal(() => readText('t.json', text))).toMatch(expected));

  test('a byte order mark is read over; other encodings, folders and missing files are refused', () => {
    expect(readText('t.json', `\uFEFF{ "builders": [${BUILDER}] }`).builds).toHaveLength(1);
    expect(refusal(() => readTemplate('/nowhere/t.json'))).toMatch(/cannot be read \(ENOENT\)/);
    expect(refusal(() => readText('t.json', ' '.repeat(2_000_000)))).toMatch(/larger than 1 MB/);
  });
});
