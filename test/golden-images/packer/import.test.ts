import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import * as ts from 'typescript';
import { run, withFiles } from './helpers';
import { documentsOf, stackOf } from './stack';
import { FILES, LINUX, WINDOWS } from './templates';
import { BuildInfrastructure, BuildSchedule, PackerTemplate, PatchedBaseImage, RoleImage, RuntimeSecret } from '../../../src';
import { newStack, Synthesized } from '../../image/fixture';
import { fixture } from '../../packer/helpers/fixtures';

const founding = JSON.parse(readFileSync(fixture('founding.json'), 'utf8')) as object;
const templates: [string, object][] = [['founding', founding], ['linux', LINUX], ['windows', WINDOWS]];

/** Imports a template, and looks at the code beside its files. */
const imported = <T>(template: object, args: string[], look: (code: string, folder: string) => T): Promise<T> =>
  withFiles({ ...FILES, 'template.json': JSON.stringify(template, undefined, 1) }, async (folder) => {
    const out = `app/stack${args.includes('python') ? '.py' : '.ts'}`;
    const said = await run(folder, 'packer', 'import', 'template.json', '--out', out, ...args);
    expect(said).toMatchObject({ code: 0, err: '' });
    return look(readFileSync(join(folder, out), 'utf8'), join(folder, 'app'));
  });

/** The same images by `PackerTemplate.fromFile`. */
function readAgain(path: string, secret: boolean): Synthesized {
  const stack: Stack = newStack();
  const secrets: Record<string, RuntimeSecret> = secret ? { token: RuntimeSecret.secretsManager(Secret.fromSecretNameV2(stack, 'Token', 'token')) } : {};
  const template = PackerTemplate.fromFile(path, { secrets });
  for (const image of template.images) {
    const infrastructure = new BuildInfrastructure(stack, `${image.builderName}Infrastructure`);
    const { parent, updates, imageName } = image;
    const base = new PatchedBaseImage(stack, `${image.builderName}Base`, { imageName: `${imageName}-base`, parent, updates, infrastructure, schedule: BuildSchedule.daily() });
    if (image.components.length > 0) new RoleImage(stack, `${image.builderName}Image`, { imageName, parent: base, components: image.components, infrastructure });
  }
  return new Synthesized(stack);
}

describe('the code builds what the template builds', () => {
  test.each(templates)('%s', async (_name, template) => {
    await imported(template, [], (code, folder) => {
      const documents = documentsOf(stackOf(code, folder));
      expect(documents).toEqual(documentsOf(readAgain(join(folder, '../template.json'), code.includes('tokenSecret'))));
      expect(Object.keys(documents).length).toBeGreaterThan(0);
    });
  });

  test('images, parents, infrastructure and tags, too', async () => {
    await imported(LINUX, [], (code, folder) => {
      const stack = stackOf(code, folder);
      expect(stack.ofType('AWS::ImageBuilder::ImageRecipe').map(({ Properties }) => Properties.Name).sort()).toEqual(['web--web-server', 'web--web-server-base']);
      expect(stack.ofType('AWS::ImageBuilder::InfrastructureConfiguration')[0]!.Properties).toMatchObject({ InstanceTypes: ['t3.small'], SubnetId: 'subnet-01234567' });
      expect(JSON.stringify(stack.resources)).toContain('"cost-centre":"1"');
      expect(stack.seeds.map(({ name }) => name).some((name) => /web-server.*production/.test(name))).toBe(true);
    });
  });
});

describe('the code is to be read', () => {
  test('the founding template, typed, with its places', async () => {
    await imported(founding, [], (code) => {
      expect(code).toContain("WindowsUpdate.install({\n          searchCriteria: 'IsInstalled=0',\n"
        + "          filters: [\"exclude:$_.Title -like '*Preview*'\", 'include:$true'],\n          updateLimit: 25,\n        }),");
      expect(code).toContain("ParentImage.fromAmiId('ami-3d787d57', {\n");
      expect(code).toMatch(/\/\/ template\.json:\d+: windows-update\n/);
      expect(code).toMatch(/\/\/ template\.json:\d+: Sysprep is dropped/);
      expect(code).toContain('schedule: BuildSchedule.patchTuesday(),');
      expect(code).toContain("base.addChannel('production', { gates: [Gate.imageTests()] });");
      expect(code).not.toMatch(/PackerTemplate|SECRETXXX|AKIAXXX/);
      expect(code.split('\n').filter((line) => line.length > 120)).toEqual([]);
    });
  });

  test('what is lost is to be done; a secret is a place to name', async () => {
    await imported(LINUX, [], (code) => {
      expect(code).toMatch(/\/\/ TODO the sensitive variable "token": .*\n +const tokenSecret = RuntimeSecret\.secretsManager\(Secret\.fromSecretNameV2\(this, 'Token', 'token'\)\);/);
      expect(code).toMatch(/\/\/ TODO template\.json:\d+: "run_tags" is not taken over/);
      expect(code).toMatch(/\/\/ TODO template\.json:\d+: the post-processor "vagrant" is not taken over/);
      expect(code).not.toContain('hidden-value');
    });
    await imported(WINDOWS, [], (code) => expect(code).toContain('the builder "docker" (docker) is not taken over: it makes a container image;'));
  });

  test('files are named from the code; those of a playbook are put beside it', async () => {
    await imported(LINUX, [], (code, folder) => {
      expect(code).toContain("Step.download(Source.asset(join(__dirname, '../scripts/own.py')), '/opt/own.py')");
      expect(readFileSync(join(folder, 'stack-files/1/playbook/roles/web/tasks/main.yml'), 'utf8')).toBe('[]\n');
    });
  });
});

test('TypeScript is type-checked', async () => {
  await imported(LINUX, [], (code, folder) => {
    writeFileSync(join(folder, 'stack.ts'), code);
    const program = ts.createProgram([join(folder, 'stack.ts')], {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      noUnusedLocals: true,
      experimentalDecorators: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      lib: ['lib.es2022.d.ts'],
      types: ['node'],
      typeRoots: [resolve('node_modules/@types')],
      paths: { 'cdk-golden-images': [resolve('src/index.ts')], '*': [resolve('node_modules/*')] },
    });
    const source = program.getSourceFile(join(folder, 'stack.ts'))!;
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });
});

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.warn('python3 is not here: generated Python is NOT compiled by this run');

describe('Python', () => {
  (hasPython ? test.each(templates) : test.skip.each(templates))('%s compiles', async (_name, template) => {
    await imported(template, ['--language', 'python'], (_code, folder) => {
      execFileSync('python3', ['-m', 'py_compile', join(folder, 'stack.py')]);
    });
  });

  test('has the names of jsii', async () => {
    await imported(founding, ['--language', 'python'], (code) => {
      expect(code).toContain('from aws_cdk import Stack\nfrom aws_cdk.aws_ec2 import InstanceArchitecture, InstanceType\nfrom cdk_golden_images import (');
      expect(code).toContain('WindowsUpdate.install(\n                    search_criteria="IsInstalled=0",');
      expect(code).toContain('base.add_channel("production", gates=[Gate.image_tests()])');
    });
  });
});

describe('what cannot be', () => {
  test('a template that is refused: exit code 1, and nothing is written', async () => {
    await withFiles({ 'template.json': '{"builders":[{"type":"qemu"}]}' }, async (folder) => {
      expect(await run(folder, 'packer', 'import', 'template.json', '--out', 'x.ts')).toMatchObject({ code: 1, err: expect.stringContaining('no builder can be taken over') });
      expect(existsSync(join(folder, 'x.ts'))).toBe(false);
    });
  });

  test('nothing is written over; what needs files beside it needs a name', async () => {
    await withFiles({ ...FILES, 'template.json': JSON.stringify(LINUX), 'x.ts': 'mine' }, async (folder) => {
      expect(await run(folder, 'packer', 'import', 'template.json', '--out', 'x.ts')).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
      expect(await run(folder, 'packer', 'import', 'template.json')).toMatchObject({ code: 2, err: expect.stringContaining('--out FILE') });
      expect(await run(folder, 'packer', 'import', 'template.json', '--language', 'go')).toMatchObject({ code: 2 });
      expect(readFileSync(join(folder, 'x.ts'), 'utf8')).toBe('mine');
    });
  });
});
