import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CdkCli } from '../../../golden-images/src/rehearsal/cdk-cli';

const props = { endpoint: 'http://127.0.0.1:1', account: '123456789012', region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

test('a command line that was closed starts nothing any more', async () => {
  const cli = new CdkCli({ ...props, directory: process.cwd() });
  await cli.close();
  await expect(cli.run('deploy')).rejects.toThrow('cdk deploy comes too late');
});

test('a deploy right after a synth deploys what was synthesized; any other synthesizes the app', async () => {
  // A command line that only says what it was given.
  const directory = mkdtempSync(join(tmpdir(), 'golden-images-cli-'));
  mkdirSync(join(directory, 'node_modules/aws-cdk/bin'), { recursive: true });
  writeFileSync(join(directory, 'node_modules/aws-cdk/bin/cdk'), 'console.log(process.argv.slice(2).join(" ")); process.exit(process.argv.includes("broken") ? 1 : 0);');
  const cli = new CdkCli({ ...props, directory, app: 'node app.js' });
  const apps: string[] = [];
  for (const command of [['deploy'], ['synth'], ['deploy', '--all'], ['deploy'], ['synth', 'broken'], ['deploy'], ['synth'], ['destroy'], ['deploy']]) {
    apps.push(/--app (.+) --output/.exec((await cli.run(...command)).output)![1]!);
  }
  expect(apps.map((app) => (app === cli.assembly ? 'assembly' : app))).toEqual([
    'node app.js', 'node app.js', 'assembly', ...Array(6).fill('node app.js'),
  ]);
  await cli.close();
  rmSync(directory, { recursive: true });
});
