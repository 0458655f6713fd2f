import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnParameter, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { CfnComponent } from 'aws-cdk-lib/aws-imagebuilder';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { runCommandLine } from '../../../../golden-images/src/commands/command-line';
import { lint } from '../../../../golden-images/src/components/lint';
import { BuildSchedule, Component, ParentImage, PatchedBaseImage, Step } from '../../../../src';
import { bash, build } from '../documents';

const folders: string[] = [];
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

function synthesize(fill: (stack: Stack, app: App) => void, paths = true): string {
  const outdir = mkdtempSync(join(tmpdir(), 'golden-images-lint-'));
  folders.push(outdir);
  // As `cdk synth` does.
  const app = new App({ outdir, context: { 'aws:cdk:enable-path-metadata': paths } });
  fill(new Stack(app, 'Main'), app);
  app.synth();
  return outdir;
}

const component = (scope: Construct, id: string, data: string, platform = 'Linux'): CfnComponent =>
  new CfnComponent(scope, id, { name: id, platform, version: '1.0.0', data });

/** Construct, step and message of what is found. */
const found = (outdir: string): string[] => lint([outdir]).files.flatMap(({ component: path, violations }) =>
  violations.map(({ step, path: at, what }) => `${path} ${step ?? at}: ${what.split(': ').at(-1)}`));

const broken = build(bash('A', 'set -e', 'if true; then'));

test('documents in templates are checked, those of nested stacks and stages too, and named by their constructs', () => {
  const outdir = synthesize((stack, app) => {
    component(stack, 'Fine', build(bash('A')));
    component(stack, 'Broken', broken);
    component(new NestedStack(stack, 'Nested'), 'Deep', broken);
    component(new NestedStack(new NestedStack(stack, 'Outer'), 'Inner'), 'Deeper', broken);
    component(new Stack(new Stage(app, 'Stage'), 'Other'), 'Staged', broken);
  });
  expect(found(outdir).sort()).toEqual(['Main/Broken', 'Main/Nested/Deep', 'Main/Outer/Inner/Deeper', 'Stage/Other/Staged']
    .map((path) => `${path} A: expected command after 'then'`));
  expect(lint([outdir]).files).toHaveLength(5);
});

test('values that only a deploy knows are no faults, in scripts and elsewhere', () => {
  const outdir = synthesize((stack) => {
    const bucket = new Bucket(stack, 'Bucket');
    const count = new CfnParameter(stack, 'Count', { type: 'Number' });
    const script = `aws s3 cp s3://${bucket.bucketName}/a . && [ ${count.valueAsString} -gt 3 ] && echo "${stack.region}" \${x}`;
    component(stack, 'Joined', build({ ...bash('A', script), timeoutSeconds: count.valueAsString }));
    component(stack, 'Substituted', Fn.sub(build(bash('A', 'echo "${Bucket}" ${!HOME} ${Other}')), { Other: bucket.bucketArn }));
    component(stack, 'Broken', build(bash('A', `if [ ${count.valueAsString} -gt 3 ]`)));
    component(stack, 'Wrong', build({ ...bash('A', 'true'), timeoutSeconds: 'soon' }));
  });
  expect(found(outdir)).toEqual(["Main/Broken A: expected 'then'", "Main/Wrong phases[0].steps[0].timeoutSeconds: it is 'soon'"]);
});

test('documents that are shipped to a bucket are checked in their files; others are told of', () => {
  const outdir = synthesize((stack) => {
    const large = Component.fromSteps('Large', { buildSteps: [Step.bash(`${'# long\n'.repeat(3_000)}if true; then`)] });
    new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily({ hour: 3 }), components: [large] });
    new CfnComponent(stack, 'Elsewhere', { name: 'e', platform: 'Linux', version: '1.0.0', uri: 's3://their-bucket/a.yml' });
  });
  const { files, notices } = lint([outdir]);
  const faulty = files.filter(({ violations }) => violations.length > 0);
  expect(faulty).toMatchObject([{ component: expect.stringMatching(/^Main\/.*[Ll]arge/), file: expect.stringMatching(/asset\.[0-9a-f]+/), violations: [{ what: expect.stringContaining("after 'then'") }] }]);
  expect(faulty[0]!.violations[0]!.line).toBeGreaterThan(3_000);
  expect(notices).toEqual(['Main/Elsewhere was not checked: its document lies at s3://their-bucket/a.yml, which is no asset of the app']);
});

test('without metadata the stack and the logical id name a component', () => {
  expect(found(synthesize((stack) => component(stack, 'Broken', broken), false))).toEqual(["Main/Broken A: expected command after 'then'"]);
});

test('the platform is that of the resource', () => {
  const outdir = synthesize((stack) => component(stack, 'Windows', build({ name: 'A', action: 'Reboot' }, bash('B')), 'Windows'));
  expect(found(outdir)).toEqual(["Main/Windows phases[0].steps[1].action: 'ExecuteBash' runs only on Windows".replace('only on Windows', 'only on Linux')]);
});

test('the command names construct and template, and the line in the document', async () => {
  const outdir = synthesize((stack) => component(stack, 'Broken', broken));
  const lines: string[] = [];
  const code = await runCommandLine(['component', 'lint', '.'], { directory: outdir, terminal: false, out: (line) => lines.push(line), err: () => undefined, write: () => undefined });
  const line = broken.split('\n').findIndex((each) => each.includes('if true')) + 1;
  expect(lines).toEqual([
    expect.stringMatching(new RegExp(`^Main/Broken \\(Main\\.template\\.json\\):${line}:\\d+: phases\\[0\\]\\.steps\\[0\\]\\.inputs\\.commands\\[1\\]: bash would refuse the script of step 'A' `)),
    '1 component document, 1 violation in 1.',
  ]);
  expect(code).toBe(1);
});

test('a folder with another manifest.json is a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'golden-images-lint-'));
  folders.push(folder);
  writeFileSync(join(folder, 'manifest.json'), '{"name": "an extension"}');
  writeFileSync(join(folder, 'a.yml'), broken);
  expect(lint([folder]).files).toMatchObject([{ violations: [{ step: 'A' }] }]);
});
