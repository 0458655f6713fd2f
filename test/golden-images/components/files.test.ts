import { build } from './documents';
import { simulate, type Simulation } from '../../../golden-images/src/components';

const files = { '/in/a.txt': 'alpha', '/in/b.txt': 'beta', '/in/c.log': 'gamma', '/in/deep/d.txt': 'delta' };
const run = (action: string, ...inputs: object[]): Promise<Simulation> => simulate(build({ name: 'A', action, inputs }), { files });
const why = ({ phases }: Simulation): string | undefined => phases[0]!.steps[0]!.message;

describe('copying and moving', () => {
  test.each<[string, object, string[]]>([
    ['CopyFile', { source: '/in/a.txt', destination: '/new/x.txt' }, ['/in/a.txt', '/in/b.txt', '/in/c.log', '/in/deep/d.txt', '/new/x.txt']],
    ['CopyFile', { source: '/in/*.txt', destination: '/out/' }, ['/in/a.txt', '/in/b.txt', '/in/c.log', '/in/deep/d.txt', '/out/a.txt', '/out/b.txt']],
    ['MoveFile', { source: '/in/a.txt', destination: '/out/' }, ['/in/b.txt', '/in/c.log', '/in/deep/d.txt', '/out/a.txt']],
    ['CopyFolder', { source: '/in/deep', destination: '/out' }, ['/in/a.txt', '/in/b.txt', '/in/c.log', '/in/deep/d.txt', '/out/d.txt']],
    ['MoveFolder', { source: '/in/', destination: '/out/' }, ['/out/in/a.txt', '/out/in/b.txt', '/out/in/c.log', '/out/in/deep/d.txt']],
    ['DeleteFile', { path: '/in/*.txt' }, ['/in/c.log', '/in/deep/d.txt']],
    ['DeleteFolder', { path: '/in', force: true }, []],
    ['CreateFolder', { path: '/in/deep' }, ['/in/a.txt', '/in/b.txt', '/in/c.log']],
  ])('%s %j', async (action, input, expected) => {
    const report = await run(action, input);
    expect(why(report)).toBeUndefined();
    expect(report.files).toEqual(expected);
  });

  test.each<[string, object, string]>([
    ['CopyFile', { source: '/in/no.txt', destination: '/out' }, '/in/no.txt is no file'],
    ['CopyFile', { source: '/in/*.txt', destination: '/out' }, '/in/*.txt stands for 2 files: the destination must end in a separator'],
    ['CopyFile', { source: '/in/a.txt', destination: '/in/b.txt', overwrite: false }, '/in/b.txt exists, and overwrite is false'],
    ['MoveFile', { source: '/in/a.txt', destination: '/in/deep' }, '/in/deep is a folder'],
    ['CreateFile', { path: '/in/a.txt', overwrite: false }, '/in/a.txt exists, and overwrite is false'],
    ['AppendFile', { path: '/in/no.txt', content: 'x' }, '/in/no.txt is no file'],
    ['DeleteFile', { path: '/in/no.txt' }, '/in/no.txt is no file'],
    ['DeleteFolder', { path: '/in' }, '/in is not empty: set force to true'],
    ['CreateSymlink', { path: '/l', target: '/no' }, 'the target /no does not exist'],
    ['CreateSymlink', { path: '/in/a.txt', target: '/in/b.txt', force: true }, '/in/a.txt exists'],
    ['ListFiles', { path: '/no' }, '/no is no folder'],
  ])('%s %j fails', async (action, input, message) => {
    expect(why(await run(action, input))).toBe(message);
  });
});

describe('reading and listing', () => {
  const outputs = async (action: string, input: object) => (await run(action, input)).phases[0]!.steps[0]!.outputs;

  test('give outputs', async () => {
    expect(await outputs('ReadFile', { path: '/in/a.txt' })).toEqual({ content: 'alpha' });
    expect(await outputs('ListFiles', { path: '/in', fileNamePattern: '*.txt' })).toEqual({ files: '/in/a.txt,/in/b.txt' });
    expect(await outputs('ListFiles', { path: '/in', recursive: true })).toEqual({ files: '/in/a.txt,/in/b.txt,/in/c.log,/in/deep/d.txt' });
  });
});

test.each(['utf-8', 'UTF16', 'utf-16-BE', 'utf32', 'utf-32-be'])('text comes back as it was written: %s', async (encoding) => {
  const text = 'ä 🙂 b';
  const report = await simulate(build(
    { name: 'Write', action: 'CreateFile', inputs: [{ path: '/t', content: text }] },
    { name: 'Change', action: 'SetFileEncoding', inputs: [{ path: '/t', encoding }] },
    { name: 'More', action: 'AppendFile', inputs: [{ path: '/t', content: '!', encoding }] },
    { name: 'Read', action: 'ReadFile', inputs: [{ path: '/t', encoding }] },
    { name: 'Check', action: 'Assert', inputs: { stringEquals: `${text}!`, value: '{{ build.Read.outputs.content }}' } },
  ));
  expect(report.status).toBe('Success');
});

describe('downloads', () => {
  const web = (others: object) => build({ name: 'A', action: 'WebDownload', inputs: [{ source: 'http://localhost/x.zip', destination: '/srv/', ...others }] });
  const checked = { checksum: 'ABCD', algorithm: 'MD5' };

  test('are checked', async () => {
    expect(await simulate(web(checked))).toMatchObject({ status: 'Success', files: ['/srv/x.zip'] });
    const report = await simulate(web(checked), { happens: () => ({ corrupt: true }) });
    expect(why(report)).toMatch(/^http:\/\/localhost\/x.zip has the MD5 \w+, not ABCD$/);
    expect(report.files).toEqual([]);
  });

  test('of a folder of a bucket take all its objects', async () => {
    const text = build({ name: 'A', action: 'S3Download', inputs: [{ source: 's3://b/p/*', destination: '/srv/' }] });
    const happens = ({ task }: { task: { kind: string } }) => (task.kind === 's3-list' ? { stdout: 'p/one\np/two' } : undefined);
    expect((await simulate(text, { happens })).files).toEqual(['/srv/one', '/srv/two']);
  });
});

test('values of Parameter Store are given, and stand in no report', async () => {
  const text = build({ name: 'A', action: 'ExecuteBash', disableLogging: true, inputs: { commands: ['login {{ aws:ssm:/app/key }}'] } });
  const asked: unknown[] = [];
  const report = await simulate(text, { stored: { '/app/key': 's3cret' }, happens: ({ inputs }) => { asked.push(inputs); return { stdout: 's3cret' }; } });
  expect(asked).toEqual([{ commands: ['login s3cret'] }]);
  expect(JSON.stringify(report)).not.toContain('s3cret');
  expect(why(await simulate(text))).toBe('{{ aws:ssm:/app/key }}: its value was not given');
});
