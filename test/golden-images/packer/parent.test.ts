import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { run, withFiles, type Said } from './helpers';
import { stackOf } from './stack';

const SHELL = { type: 'shell', inline: ['true'] };
const VSPHERE = { builders: [{ type: 'vsphere-iso', name: 'web' }], provisioners: [SHELL] };

const both = (template: object, ...args: string[]): Promise<{ explained: Said; imported: Said; code: string }> =>
  withFiles({ 'template.json': JSON.stringify(template, undefined, 1) }, async (folder) => {
    const explained = await run(folder, 'packer', 'explain', 'template.json', ...args);
    const imported = await run(folder, 'packer', 'import', 'template.json', ...args);
    return { explained, imported, code: imported.out };
  });

describe('--parent', () => {
  test.each([
    ['amazon-linux-2023', 'ParentImage.amazonLinux2023(InstanceArchitecture.X86_64)'],
    ['ubuntu-24.04,architecture=arm64', 'ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04, InstanceArchitecture.ARM_64)'],
    ['windows-2022', 'ParentImage.windowsServer(OperatingSystemVersion.WINDOWS_SERVER_2022)'],
    ['ami-0123456789abcdef0,os=debian-12,root-device=/dev/sda1', "osVersion: OperatingSystemVersion.of(OperatingSystemFamily.DEBIAN, '12'),"],
    ['/imagebuilder/base', "ParentImage.fromSsmParameter('/imagebuilder/base', {"],
  ])('web=%s is the parent of the image, for both commands', async (parent, written) => {
    const template = { builders: [{ type: 'amazon-ebs', name: 'web', source_ami_filter: { filters: { name: 'own-*' }, owners: ['self'] } }] };
    const { explained, imported, code } = await both(template, '--parent', `web=${parent}`);
    expect([explained.code, imported.code, imported.err]).toEqual([0, 0, '']);
    expect(code).toContain(written);
  });

  test('without it both commands refuse a parent that is not known, and say how to give it', async () => {
    const { explained, imported } = await both({ builders: [{ type: 'amazon-ebs', name: 'web' }] });
    expect([explained.code, imported.code]).toEqual([1, 1]);
    expect(explained.out).toMatch(/REFUSED +builder web +the builder has no source AMI; name the parent: .*--parent builder=/);
    expect(imported.err).toMatch(/the builder has no source AMI/);
  });

  test('a template of another platform becomes a stack with it', async () => {
    const { code } = await both(VSPHERE, '--parent', 'web=ubuntu-24.04');
    expect(code).toContain('ParentImage.ubuntu(OperatingSystemVersion.UBUNTU_24_04');
    expect(stackOf(code, '/').ofType('AWS::ImageBuilder::ImageRecipe').length).toBeGreaterThan(0);
  });

  test.each(['web', 'web=', 'web=debian', 'web=ubuntu-24.10', 'web=ubuntu-24.04,platform=windows', 'web=ami-xyz', 'web=ami-01234567,platform=beos', 'web=ami-01234567,colour=red',
    'web=windows-2022,architecture=arm64'])('%s is a wrong use', async (value) => {
    const { explained, imported } = await both(VSPHERE, '--parent', value);
    expect([explained.code, imported.code]).toEqual([2, 2]);
    expect(imported.err).toContain('NAME=PARENT');
  });

  test('for a builder that is not there it is refused by both', async () => {
    const { explained, imported } = await both(VSPHERE, '--parent', 'wbe=ubuntu-24.04');
    expect([explained.code, imported.code]).toEqual([1, 1]);
    expect(imported.err).toMatch(/no builder is called "wbe"; did you mean "web"/);
  });
});

describe('components without a parent', () => {
  test('are a module, in TypeScript and in Python', async () => {
    const secret = { ...SHELL, environment_vars: ['T={{user `token`}}'] };
    const { explained, code } = await both({ ...VSPHERE, 'variables': { token: 'x' }, 'sensitive-variables': ['token'], 'provisioners': [secret] });
    expect(explained.code).toBe(0);
    expect(code).toContain("import { Component, PackerScript, RuntimeSecret } from 'cdk-golden-images';");
    expect(code).toContain("export const tokenSecret = RuntimeSecret.parameterName('/token');");
    expect(code).toMatch(/^export const provisioners = Component\.fromSteps\('template', \{$/m);
    expect(code).toMatch(/TODO no builder of the template becomes an image by itself/);
    const python = await withFiles({ 'template.json': JSON.stringify(VSPHERE) }, (folder) => run(folder, 'packer', 'import', 'template.json', '--language', 'python'));
    expect(python.out).toMatch(/^provisioners = Component\.from_steps\($/m);
    expect(python.out).not.toContain('Stack');
  });
});

describe('explain and import agree', () => {
  const builder = fc.constantFrom(
    { type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0' }, { type: 'amazon-ebs' }, { type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0', communicator: 'winrm' },
    { type: 'amazon-ebs', source_ami: 'ami-0123456789abcdef0', spot_price: '1' }, { type: 'vsphere-iso' }, { type: 'docker' },
  );
  const provisioner = fc.constantFrom(SHELL, { type: 'shell' }, { type: 'powershell', inline: ['1'] }, { type: 'inspec' }, { type: 'file', source: 'gone', destination: '/x' },
    { type: 'file', content: 'x', destination: '/x/y' }, { type: 'windows-update' }, { type: 'shell', inline: ['true'], only: ['docker'] });
  const processor = fc.constantFrom('manifest', 'vagrant', 'shell-local', 'manifst');

  test('a template is imported exactly where nothing in it is refused', async () => {
    await fc.assert(fc.asyncProperty(
      fc.uniqueArray(builder, { maxLength: 2, selector: ({ type }) => type }),
      fc.array(provisioner, { maxLength: 3 }),
      fc.array(processor, { maxLength: 1 }),
      (builders, provisioners, processors) => withFiles({
        'template.json': JSON.stringify({ builders, provisioners, 'post-processors': processors }),
      }, async (folder) => {
        const explained = await run(folder, 'packer', 'explain', 'template.json', '--json', 'out.json');
        const { rows } = JSON.parse(readFileSync(`${folder}/out.json`, 'utf8')) as { rows: { verdict: string; text: string }[] };
        const refused = rows.filter(({ verdict }) => verdict === 'refused');
        const imported = await run(folder, 'packer', 'import', 'template.json');
        expect([explained.code, imported.code]).toEqual(refused.length === 0 ? [0, 0] : [1, 1]);
        refused.forEach(({ text }) => expect(imported.err).toContain(text));
      }),
    ), { seed: 42, numRuns: 80 });
  });
});
