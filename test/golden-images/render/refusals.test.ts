import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, removeFolders, synthesize } from './assembly';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';
import { choose } from '../../../golden-images/src/render/assembly/choose';
import { imagesOf, lineageOf } from '../../../golden-images/src/render/assembly/images';
import { readStacks } from '../../../golden-images/src/render/assembly/stacks';
import { BuildSchedule, Component, OperatingSystemVersion, ParentImage, PatchedBaseImage } from '../../../src';

afterAll(removeFolders);

async function run(...args: string[]): Promise<{ code: number; out: string; err: string; directory: string }> {
  const directory = folder();
  let [out, err] = ['', ''];
  const code = await runCommandLine(['render', ...args], {
    directory, terminal: false, out: (text) => { out += `${text}\n`; }, err: (text) => { err += `${text}\n`; }, write: () => undefined,
  });
  return { code, out, err, directory };
}

const image = (...components: Component[]): string => synthesize((stack) => {
  new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily(), components });
});
const document = (step: string): Component => Component.fromDocument('mine', `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - {name: Say, action: ExecuteBash, inputs: {commands: [date]}}\n      - ${step}\n`);

describe('refused by component and step, with what to do', () => {
  test.each<[string, Component, RegExp]>([
    ['a component of Amazon', Component.amazonManaged('aws-cli-version-2-linux'), /component aws-cli-version-2-linux: Amazon maintains it.*Component\.fromSteps; known here: update-linux/],
    ['an upload', document('{name: Up, action: S3Upload, inputs: [{source: /a, destination: "s3://b/c"}]}'), /component steps--mine, build phase, step Up: S3Upload has no form.*leave the upload out/],
    ['a document in a document', document('{name: Doc, action: ExecuteDocument, inputs: {document: "/a.yml"}}'), /step Doc: ExecuteDocument has no form.*a component of its own/],
    ['a value of Parameter Store', document('{name: S, action: ExecuteBash, inputs: {commands: ["echo {{ aws:ssm:/a/b }}"]}}'), /step S: \{\{ aws:ssm:\/a\/b \}\} is a value of Parameter Store.*a parameter of the component/],
    ['many objects', document('{name: Many, action: S3Download, inputs: [{source: "s3://b/c/*", destination: /opt}]}'), /step Many: it downloads s3:\/\/b\/c\/\*, which is many objects; ship the folder with Source\.asset/],
    ['a source that only the machine knows', document('{name: Late, action: S3Download, inputs: [{source: "{{ build.Say.outputs.stdout }}", destination: /opt/a}]}'), /step Late: what is downloaded comes from step build\.Say/],
    ['a loop over what only the machine knows', document('{name: L, action: ExecuteBash, loop: {forEach: {list: "{{ build.Say.outputs.stdout }}"}}, inputs: {commands: ["echo {{ loop.value }}"]}}'), /step L: the list of its loop comes from step build\.Say/],
    ['a long loop', document('{name: L, action: ExecuteBash, loop: {for: {start: 1, end: 500, updateBy: 1}}, inputs: {commands: ["echo"]}}'), /step L: it loops 500 times; loop in a script/],
    ['restarts by exit code with attempts', document('{name: R, action: ExecuteBash, maxAttempts: 2, inputs: {commands: ["exit 194"]}}'), /step R: it asks for restarts by exit code 194, and has attempts/],
    ['a restart that aborts', document('{name: R, action: Reboot, if: {fileExists: /a, then: Abort}}'), /step R: a restart whose condition aborts/],
    ['a condition that ends every build', document('{name: C, action: ExecuteBash, if: {stringEquals: a, value: A, then: Abort}, inputs: {commands: ["true"]}}'), /step C: its condition is known already, and ends every build/],
  ])('%s', async (_, component, message) => {
    const { code, err, directory } = await run('base', '--target', 'packer', '--assembly', image(component), '--out', 'out');
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(existsSync(join(directory, 'out'))).toBe(false);
  });

  test('all of them at once', async () => {
    const { err } = await run('base', '--target', 'azure-image-builder', '--assembly', image(
      Component.amazonManaged('aws-cli-version-2-linux'), document('{name: Up, action: S3Upload, inputs: [{source: /a, destination: "s3://b/c"}]}'),
    ));
    expect(err.trim().split('\n')).toHaveLength(3);
  });
});

describe('bad input', () => {
  const assembly = image();

  test.each<[string[], string]>([
    [['bsae', '--target', 'packer', '--assembly', assembly], "the app has no image 'bsae'; did you mean base?"],
    [['base', '--target', 'paker', '--assembly', assembly], '--target must be packer, azure-image-builder'],
    [['base', '--assembly', assembly], 'render needs --target packer or --target azure-image-builder'],
    [['--target', 'packer'], 'render needs one image'],
    [['base', '--target', 'packer', '--assembly', 'nowhere'], 'is no cloud assembly'],
    [['base', '--target', 'packer', '--source', 'amazon', '--assembly', assembly], '--source must be amazon-ebs, vsphere-iso, azure-arm, null'],
    [['base', '--target', 'azure-image-builder', '--source', 'null', '--assembly', assembly], '--source is for --target packer'],
    [['base', '--target', 'packer', '--app', 'node app.js', '--assembly', assembly], '--app or --assembly, not both'],
    [['base', '--target', 'packer'], 'there is no cdk.json in'],
    [['base', '--target', 'packer', '--assembly', assembly, '--out', '.'], 'is there already'],
  ])('%j', async (args, message) => {
    const { code, err } = await run(...args);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });

  test('a parent that is looked up is no image of the app', () => {
    const [alone] = imagesOf(readStacks(synthesize((stack) => {
      const parent = ParentImage.rockyLinux(OperatingSystemVersion.ROCKY_LINUX_9);
      new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily() });
    })));
    expect(alone!.parent).toContain('/parents/lookups/');
    expect(lineageOf(alone!, [alone!])).toEqual([alone]);
  });

  test('an image whose parent is in another app', () => {
    const [alone] = imagesOf(readStacks(assembly));
    expect(() => lineageOf({ ...alone!, name: 'web', parent: 'ssm:/imagebuilder/golden-images/other/base/latest' }, [alone!]))
      .toThrow('web stands on other/base, which is not in this app');
  });

  test('a name that several stacks have', () => {
    const images = ['a', 'b'].map((namespace) => ({ ...imagesOf(readStacks(assembly))[0]!, namespace }));
    expect(() => choose(images, 'base')).toThrow('base is in several stacks: say a/base or b/base');
    expect(choose(images, 'b/base').namespace).toBe('b');
  });
});

test('writes a folder', async () => {
  const { code, out, directory } = await run('base', '--target', 'packer', '--assembly', image());
  expect([code, out]).toEqual([0, `7 files in ${join(directory, 'base-packer')}\n`]);
  expect(readFileSync(join(directory, 'base-packer/base.pkr.hcl'), 'utf8')).toContain('source "amazon-ebs" "base" {');
});
