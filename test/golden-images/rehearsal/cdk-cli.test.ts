import { CdkCli } from '../../../golden-images/src/rehearsal/cdk-cli';

test('a command line that was closed starts nothing any more', async () => {
  const cli = new CdkCli({ endpoint: 'http://127.0.0.1:1', account: '123456789012', region: 'eu-central-1', directory: process.cwd() });
  await cli.close();
  await expect(cli.run('deploy')).rejects.toThrow('cdk deploy comes too late');
});
