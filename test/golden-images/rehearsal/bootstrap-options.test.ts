import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrapOptions, UnreadableCdkJson } from '../../../golden-images/src/rehearsal/bootstrap-options';
import { CdkCliMissing, resolveCdkCli } from '../../../golden-images/src/rehearsal/cdk-cli';

const directory = mkdtempSync(join(tmpdir(), 'golden-images-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('an app of its own qualifier is bootstrapped with it', () => {
  expect(bootstrapOptions(directory)).toEqual([]);
  writeFileSync(join(directory, 'cdk.json'), '{"app":"node app.js"}');
  expect(bootstrapOptions(directory)).toEqual([]);
  writeFileSync(join(directory, 'cdk.json'), '{"toolkitStackName":"Toolkit","context":{"@aws-cdk/core:bootstrapQualifier":"abc"}}');
  expect(bootstrapOptions(directory)).toEqual(['--toolkit-stack-name', 'Toolkit', '--qualifier', 'abc']);
});

test.each(['{"app":', '[]', 'null', ''])('a cdk.json of %j is refused by its path', (content) => {
  writeFileSync(join(directory, 'cdk.json'), content);
  expect(() => bootstrapOptions(directory)).toThrow(UnreadableCdkJson);
  expect(() => bootstrapOptions(directory)).toThrow(join(directory, 'cdk.json'));
});

test('the cdk command line is that of the app, or missing by name', () => {
  expect(resolveCdkCli(process.cwd())).toContain(join('aws-cdk', 'bin', 'cdk'));
  expect(() => resolveCdkCli(directory)).toThrow(CdkCliMissing);
});
