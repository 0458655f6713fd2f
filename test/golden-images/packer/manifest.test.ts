import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommandLine } from '../../../golden-images/src/commands/command-line';
import { withRelease } from '../../../golden-images/src/packer/manifest';
import type { ReleaseDocument } from '../../../src/contract';
import { amisOfManifest } from '../../../src/runtime/domain/registration';

const release = (version: string, ami: string): ReleaseDocument => ({
  schemaVersion: 1,
  image: 'base',
  channel: 'latest',
  revision: 1,
  version,
  builtAt: '2026-11-22T10:00:00.000Z',
  amis: { 'eu-west-1': `${ami}2`, 'eu-central-1': `${ami}1` },
  revoked: [],
});

describe('a release as a manifest of Packer', () => {
  const first = withRelease(undefined, release('1.0.0/1', 'ami-0000000'), { revision: '010' });

  test('has the form of Packer', () => {
    expect(first).toEqual({
      builds: [{
        name: 'base',
        builder_type: 'amazon-ebs',
        build_time: 1795341600,
        files: null,
        artifact_id: 'eu-central-1:ami-00000001,eu-west-1:ami-00000002',
        packer_run_uuid: expect.stringMatching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        custom_data: { revision: '010' },
      }],
      last_run_uuid: first.builds[0]!.packer_run_uuid,
    });
  });

  test('is added to what is there, a version once; the last counts', () => {
    const second = withRelease(first, release('1.0.1/1', 'ami-1111111'), {});
    expect(second.builds).toHaveLength(2);
    expect(withRelease(second, release('1.0.1/1', 'ami-1111111'), {})).toEqual(second);
    expect(amisOfManifest(second)).toEqual({ amis: { 'eu-central-1': 'ami-11111111', 'eu-west-1': 'ami-11111112' } });
  });
});

describe('golden-images manifest', () => {
  let server: Server;
  let folder: string;
  const asked: string[] = [];
  const before = { ...process.env };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'manifest-'));
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        const { Name: name } = JSON.parse(Buffer.concat(chunks).toString()) as { Name: string };
        asked.push(name);
        const found = name === '/imagebuilder/golden-images/web/base/latest/release';
        response.writeHead(found ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
        const history = [release('1.0.1/1', 'ami-1111111'), release('1.0.0/1', 'ami-0000000')]
          .map((each, index) => ({ Name: name, Version: index + 1, Value: JSON.stringify(each) })).reverse();
        response.end(JSON.stringify(found ? { Parameters: history } : { __type: 'ParameterNotFound' }));
      });
    });
    await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local',
    });
  });
  afterAll(() => {
    server.close();
    process.env = before;
    rmSync(folder, { recursive: true });
  });

  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const texts = { out: '', err: '' };
    const code = await runCommandLine(['manifest', ...args], {
      directory: folder, out: (text: string) => { texts.out += text; }, err: (text: string) => { texts.err += text; },
    } as unknown as Parameters<typeof runCommandLine>[1]);
    return { code, ...texts };
  }

  test('prints every build that was released, the present one last', async () => {
    const { code, out } = await run('--image', 'base', '--namespace', 'web');
    expect(code).toBe(0);
    expect(JSON.parse(out).builds.map(({ artifact_id: ids }: { artifact_id: string }) => ids.split(',')[0])).toEqual(['eu-central-1:ami-11111111', 'eu-central-1:ami-00000001']);
    expect(amisOfManifest(JSON.parse(out)).amis).toEqual({ 'eu-central-1': 'ami-00000001', 'eu-west-1': 'ami-00000002' });
  });

  test('adds it to a file, twice without effect', async () => {
    for (const _ of [1, 2]) expect((await run('--image', 'base', '--namespace', 'web', '--out', 'manifest.json', '--custom', 'a=b=c')).code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).builds).toMatchObject([{ custom_data: { a: 'b=c' } }, { custom_data: { a: 'b=c' } }]);
  });

  test('says what is missing', async () => {
    expect(await run('--image', 'base', '--namespace', 'web', '--channel', 'production')).toMatchObject({ code: 1, err: expect.stringContaining('nothing is released yet') });
    expect(await run('--image', 'base')).toMatchObject({ code: 2, err: expect.stringContaining('--namespace') });
    writeFileSync(join(folder, 'other.json'), '{}');
    expect(await run('--image', 'base', '--namespace', 'web', '--out', 'other.json')).toMatchObject({ code: 2, err: expect.stringContaining('is no manifest') });
  });
});
