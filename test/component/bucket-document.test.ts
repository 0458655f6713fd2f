import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack, Tags } from 'aws-cdk-lib';
import { parse } from 'yaml';
import { Component, Source, Step } from '../../src/component';
import { RoleImage } from '../../src/image';
import { newBase } from '../image/fixture';

const long = (characters: number) => Step.bash(...Array.from({ length: characters / 100 }, (_, index) => `echo ${String(index).padEnd(94, 'x')}`));

function deploy(step: Step, change: (stack: Stack) => void = () => undefined) {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Web');
  new RoleImage(stack, 'Role', { parent: newBase(stack), components: [Component.fromSteps('Long', { buildSteps: [step] })] });
  change(stack);
  const assembly = app.synth();
  const resources: any[] = Object.values(assembly.getStackByName('Web').template.Resources);
  const component = resources.find(({ Properties }) => Properties.Name === 'web--long').Properties;
  const recipe = resources.find(({ Type, Properties }) => Type === 'AWS::ImageBuilder::ImageRecipe' && Properties.Name === 'web--role').Properties;
  const key = /asset\.[0-9a-f]+\.yaml|[0-9a-f]{64}\.yaml/.exec(JSON.stringify(component.Uri ?? ''))?.[0];
  const path = key && join(assembly.directory, key.replace(/^(?!asset\.)/, 'asset.'));
  return { component, recipe, manifest: readFileSync(join(assembly.directory, 'Web.assets.json'), 'utf8'), document: path && existsSync(path) ? readFileSync(path, 'utf8') : '' };
}

test('a short document stands in the template', () => {
  const { component } = deploy(long(10_000));
  expect(component.Data).toContain('phases');
  expect(component.Uri).toBeUndefined();
});

test('a document of more than 16,000 characters goes to a bucket, and is published with the assets', () => {
  const { component, document, manifest } = deploy(long(20_000));
  expect(component.Data).toBeUndefined();
  expect(document).toMatch(/^# content: [0-9a-f]{32}\nschemaVersion: 1\.0\n/);
  expect(parse(document).phases[0].steps).toHaveLength(1);
  expect(manifest).toContain(/"(asset\.[0-9a-f]{64}\.yaml)"/.exec(manifest)![1]);
});

test('it stays the same when only tags change, which replace no component', () => {
  const first = deploy(long(20_000));
  expect(deploy(long(20_000)).component).toEqual(first.component);
  expect(deploy(long(30_000)).component.Uri).not.toEqual(first.component.Uri);
  expect(deploy(long(20_000), (stack) => Tags.of(stack).add('team', 'web')).component.Uri).toEqual(first.component.Uri);
});

test('what is known only while deploying is handed over by the recipe', () => {
  const { document, recipe } = deploy(Step.sequence(long(20_000), Step.download(Source.text('a.txt', 'a'), '/a.txt')));
  const { parameters, phases } = parse(document);
  expect(parameters).toEqual([{ deployedValue1: { type: 'string', description: expect.any(String) } }]);
  const download = phases[0].steps.find(({ action }: any) => action === 'S3Download');
  expect(download.inputs[0].source).toMatch(/\{\{ deployedValue1 \}\}/);
  const given = recipe.Components.find(({ Parameters }: any) => Parameters?.length).Parameters;
  expect(given).toEqual([{ Name: 'deployedValue1', Value: [expect.anything()] }]);
  expect(JSON.stringify(given[0].Value[0])).toMatch(/AWS::AccountId/);
});

test('a document of more than 64 KB is refused', () => {
  expect(() => deploy(long(70_000))).toThrow(/Web\/Role: component 'long': the document has \d+ bytes; expected at most 65536; split the component/);
});
