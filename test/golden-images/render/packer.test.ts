import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, removeFolders, synthesize } from './assembly';
import { addImages } from './images';
import type { Files } from '../../../golden-images/src/render/files';
import { SOURCES, type SourceType } from '../../../golden-images/src/render/packer/sources';
import { render } from '../../../golden-images/src/render/render';
import { zipOf } from '../../../golden-images/src/render/zip';

const assembly = synthesize(addImages);
afterAll(removeFolders);

const rendered = (image: string, source: SourceType = 'null') => render({ assembly, image, target: 'packer', source });
const text = (files: Files, name: string): string => {
  const content = files.get(name);
  if (content?.kind !== 'text') throw new Error(`no text ${name} among ${[...files.keys()].join(', ')}`);
  return content.text;
};
const scripts = (files: Files): string[] => [...files.keys()].filter((name) => name.startsWith('scripts/'));
const script = (files: Files, part: string): string => text(files, scripts(files).find((name) => name.includes(part))!);

describe('Linux', () => {
  const { files, notices } = rendered('linux');
  const template = text(files, 'linux.pkr.hcl');

  test('holds all that the image stands on, in order, and is cleaned once, before it is validated', () => {
    const order = [...template.matchAll(/^  # (\S+), (\w+): (\S+)$/gm)].map(([, component, phase, step]) => `${component} ${phase} ${step}`);
    expect(order[0]).toBe('wait-for-first-boot build WaitForCloudInit1');
    expect(order.filter((each) => each.startsWith('linux-clean-for-imaging build'))).toEqual(['linux-clean-for-imaging build Clean1']);
    expect(order.indexOf('linux-clean-for-imaging build Clean1')).toBeGreaterThan(order.indexOf('files build Unpack3'));
    expect(order.at(-1)).toBe('linux validate RemoveOutputs');
  });

  test('leaves out what is known not to run', () => {
    expect(template).not.toContain('Known');
    expect(scripts(files).filter((name) => name.includes('steps-Loop'))).toHaveLength(2);
  });

  test('tries again and ends in time by the means of Packer', () => {
    expect(template).toMatch(/steps-Tried\.sh"\n {4}execute_command = local\.as_root\n {4}max_retries {5}= 2\n {4}timeout {9}= "90s"/);
  });

  test('restarts where its condition holds, and waits for the way in', () => {
    expect(script(files, 'machine-Restart-restart')).toContain("if ! [ -f '/var/run/reboot-required' ]; then exit 0; fi");
    expect(template).toContain('expect_disconnect = true');
    expect(template).toContain('start_retry_timeout = "15m"');
  });

  test('runs a step again that asks for it by 194, with restarts between', () => {
    expect(scripts(files).filter((name) => /machine-Again-pass-\d/.test(name))).toHaveLength(4);
    expect(script(files, 'machine-Again-pass-2')).toContain(".restart' ]; then exit 0; fi");
    expect(script(files, 'machine-Again-pass-4')).toContain('it asks for another restart after 4 passes');
  });

  test('a failure that lets the build go on fails it at the end of the phase', () => {
    expect(script(files, 'machine-GoesOn')).toContain('>> /var/tmp/golden-images-render/failed');
    expect(script(files, 'linux-EndOfPhase')).toContain("echo 'these steps failed'");
  });

  test('ships assets beside the template; objects that are none are asked for', () => {
    const assets = [...files.keys()].filter((name) => name.startsWith('assets/'));
    expect(assets).toHaveLength(2);
    expect(template).toMatch(/provisioner "file" \{\n {4}source {6}= "\$\{path\.root\}\/assets\/[0-9a-f]{64}\.zip"\n {4}destination = "\/tmp\/golden-images-[0-9a-f]{64}\.zip"\n {4}max_retries = 2/);
    expect(template).toContain('source      = var.object_agent_1_2_bin');
    expect(text(files, 'variables.pkr.hcl')).toContain('Where a copy of s3://media/tools/agent-1.2.bin lies: aws s3 cp');
    expect(notices).toContain('component steps--machine, build phase, step Bucket wants s3://media/tools/agent-1.2.bin, which is not in the app: fetch it');
    expect(script(files, 'machine-Bucket')).toContain('overwrite is false');
  });

  test('checks what it downloads', () => {
    expect(script(files, 'machine-Web')).toContain('sha256sum --check');
    expect(script(files, 'files-Checksum')).toContain('sha256sum');
  });

  test('the test phases are a template of their own', () => {
    expect(template).not.toContain('machine, test');
    expect(text(files, 'test/linux.pkr.hcl')).toContain('# machine, test: Works');
  });

  test('its scripts do what the modules do', () => {
    const root = folder();
    const here = (each: string): string => each.replaceAll('/var/tmp/render-steps', `${root}/steps`).replaceAll('/var/tmp/golden-images-render', `${root}/outputs`);
    mkdirSync(join(root, 'bin'));
    writeFileSync(join(root, 'bin/chown'), `#!/bin/sh\necho "$@" >> ${root}/chown.log\n`);
    chmodSync(join(root, 'bin/chown'), 0o755);
    const run = (name: string): number | null => {
      writeFileSync(join(root, 'script.sh'), here(text(files, name)));
      return spawnSync('bash', [join(root, 'script.sh')], { env: { PATH: `${root}/bin:${process.env.PATH}` } }).status;
    };
    const steps = scripts(files).filter((name) => name.includes('-steps-'));
    // Packer tries it three times.
    const ends = steps.map((name) => [name.replace(/^.*steps-|\.sh$/g, ''), name.includes('Tried') ? Math.min(run(name)!, run(name)!) : run(name)]);
    expect(ends.filter(([, status]) => status !== 0)).toEqual([]);
    const read = (name: string): string => readFileSync(join(root, 'steps', name), 'utf8');
    expect(read('a.txt')).toBe("it's me\nmore");
    expect(read('heard.txt')).toBe('heard 42\n');
    expect(read('heard-file.txt')).toBe('[42]');
    expect(read('read.txt')).toBe('b\n');
    expect(read('loop.txt')).toBe('0 one\n1 two\n');
    expect(read('count.txt')).toBe('3\n2\n1\n');
    expect(read('copies/a.txt')).toBe("it's me\nmore");
    expect(read('link')).toBe(read('a.txt'));
    expect(spawnSync('ls', [join(root, 'steps')], { encoding: 'utf8' }).stdout.split('\n')).toEqual(
      ['a.txt', 'copies', 'count.txt', 'heard-file.txt', 'heard.txt', "it's run", 'link', 'loop.txt', 'read.txt', 'then.txt', 'tried.txt', ''],
    );
    expect(readFileSync(join(root, 'chown.log'), 'utf8')).toContain(`-R root -- ${root}/steps`);
  });
});

describe('Windows', () => {
  const { files } = rendered('windows', 'amazon-ebs');
  const template = text(files, 'windows.pkr.hcl');

  test('has Windows Update by name, by the module and by the step', () => {
    expect(template).toContain('search_criteria = "IsInstalled=0"\n    filters = [\n      "exclude:$_.Title -like \'*Preview*\'",\n      "include:$true",\n    ]\n    update_limit = 25');
    expect(template).toContain('"exclude:$_.Title -like \'*KB5007651*\'"');
    expect(text(files, 'plugins.pkr.hcl')).toContain('source  = "github.com/rgl/windows-update"');
  });

  test('restarts only where the condition holds', () => {
    expect(template).toContain('"if (Test-Path -LiteralPath \'C:\\\\wanted.flag\' -PathType Leaf) { shutdown.exe /r /f /t 5 }\\""');
    expect(template).toContain('restart_command = "shutdown.exe /r /f /t 30"');
  });

  test.each<[string, string[]]>([
    ['steps-File', ["[IO.File]::WriteAllText('C:\\a b\\a.txt', 'it''s', (New-Object Text.UnicodeEncoding $false, $false))"]],
    ['steps-Registry', ['-PropertyType DWord', '-PropertyType Binary', "-Value @('a', 'b') -PropertyType MultiString", "'Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Some'"]],
    ['steps-Package', ["'ALLUSERS=\"1\"'", '@(0, 1614, 1641, 3010) -notcontains $code', '@(1641, 3010) -contains $code', "-ne 'NotSigned'"]],
    ['steps-Gone', ['@(0, 1605, 1614, 1641, 3010) -notcontains $code']],
    ['steps-Web', ['-Algorithm SHA256', 'the checksum of $target is wrong']],
    ['steps-Hear', ['.Replace(', 'heard @golden-images:build.Say@']],
    ['steps-Say', ['Tee-Object -Variable printed']],
    ['steps-Again-pass-1', ['if ($status -eq 3010)']],
    ['steps-Ignored', ['ignored, as the step says']],
    ['steps-Sure', ['what this step asserts does not hold', ' -or ']],
    ['generalize', ['sysprep --shutdown --block']],
  ])('%s', (part, wanted) => {
    const content = script(files, part);
    wanted.forEach((each) => expect(content).toContain(each));
  });

  test('plain scripts end with 0, as Image Builder has it, not with the code of their last program', () => {
    expect(script(files, 'windows-files-MakeFolder').trimEnd().split('\n').at(-1)).toBe('exit 0');
  });

  test('opens WinRM over HTTPS only', () => {
    expect(text(files, 'user-data/winrm.txt')).toContain("'Transport=HTTP' } | Remove-Item");
  });
});

describe('sources', () => {
  test.each([...SOURCES])('%s: no value of a secret, and every variable is described', (source) => {
    const { files } = rendered('windows', source);
    const variables = [...text(files, 'variables.pkr.hcl').matchAll(/^variable "(\w+)" \{\n([^]*?)^\}/gm)];
    expect(variables.length).toBeGreaterThan(3);
    variables.forEach(([, name, body]) => {
      expect(body).toMatch(/description = ".+"/);
      if (/password/.test(name!)) expect([body!.includes('sensitive   = true'), body!.includes('default')]).toEqual([true, false]);
    });
    expect(text(files, 'windows.pkr.hcl')).toContain(`source "${source}" "windows"`);
  });
});

test('the same app gives the same files', () => {
  const again = render({ assembly: synthesize(addImages), image: 'steps/linux', target: 'packer', source: 'null' });
  const texts = (files: Files): string[] => [...files].map(([name, content]) => `${name}\n${content.kind === 'text' ? content.text : Buffer.from(content.asset.zipped ? zipOf(content.asset.path) : '').toString('hex')}`);
  expect(texts(again.files)).toEqual(texts(rendered('linux').files));
});
