import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildScript, type BuildScriptProps } from '../../../src/packer/build/build-script';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const source = (uri: string, content: string): { uri: string; fileName: string; archive: boolean; sha256: string } =>
  ({ uri, fileName: uri.split('/').pop()!, archive: uri.endsWith('.zip'), sha256: sha(content) });

const props: BuildScriptProps = {
  imageName: 'golden',
  packer: source('s3://tools/packer.zip', 'packer'),
  plugins: [{ address: 'github.com/hashicorp/amazon', archive: source('s3://tools/amazon.zip', 'amazon') }],
  template: { uri: 's3://assets/web.json', fileName: 'web.json', archive: false },
  manifestPath: 'packer-manifest.json',
  runTag: { key: 'Name', value: 'Packer Builder' },
  variables: { greeting: "it's $HOME `date`" },
  environmentVariables: { password: 'GOLDEN_IMAGES_SECRET_1' },
  only: ['amazon-ebs.web'],
  tested: false,
  functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:operator',
  interruptSeconds: 900,
};

/** Programs that write down how they were called, and do what little of them is needed. */
const fakes: Record<string, string> = {
  'aws': `case "$1 $2" in
  "s3 cp") case "$4" in *packer.zip) printf packer > "$5";; *amazon.zip) printf amazon > "$5";; *.rpm) printf rpm > "$5";; *) printf '%s' "$TEMPLATE" > "$5";; esac;;
  "lambda invoke") for last; do :; done; printf '%s' "$ANSWER" > "$last"; cp "$(printf '%s\\n' "$@" | sed -n 's#^file://##p')" "$LOGS/request.json"; printf '{"StatusCode": 200}';;
esac`,
  'unzip': 'case "$3" in *web.zip) printf "run_tags" > "$5/web.pkr.hcl"; printf "%s\\n" "${AUTO:-}" > "$5/dev.auto.pkrvars.hcl";; esac; case "$5" in *plugin-0) mkdir -p "$5"; touch "$5/LICENSE" "$5/packer-plugin-amazon_v1.8.2_x5.0_linux_amd64";; *) cp "$LOGS/bin/fake-packer" "$5/packer";; esac',
  'fake-packer': `[ "$1" = build ] || exit 0
for each; do case "$each" in -var-file=*) file="\${each#-var-file=}"; cp "$file" "$LOGS/secrets.json"; stat -c %a "$file" > "$LOGS/mode";; esac; done
env | grep ^PKR_VAR_ > "$LOGS/environment"
[ "$PACKER" = fails ] && exit 1
[ "$PACKER" = silent ] || printf '{"builds": [], "last_run_uuid": "x"}' > packer-manifest.json`,
};

interface Ran {
  readonly status: number | null;
  readonly output: string;
  readonly calls: string[];
  readonly request?: unknown;
  /** Variables of the environment by which Packer got values, and the file with values and its mode. */
  readonly environment: string[];
  readonly secrets?: unknown;
  readonly mode?: string;
  /** Whether the file with values is gone. */
  readonly left: string[];
}

function run(over: Partial<BuildScriptProps> = {}, environment: Record<string, string> = {}): Ran {
  const folder = mkdtempSync(join(tmpdir(), 'packer-build-'));
  try {
    mkdirSync(join(folder, 'bin'));
    for (const [name, body] of Object.entries(fakes)) {
      const log = 'printf \'%s\' "${0##*/}" >> "$LOGS/calls"; for each; do printf \' [%s]\' "$each" >> "$LOGS/calls"; done; echo >> "$LOGS/calls"';
      writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${log}\n${body}\n`);
      chmodSync(join(folder, 'bin', name), 0o755);
    }
    const { status, stdout, stderr } = spawnSync('bash', ['-c', buildScript({ ...props, ...over })], {
      encoding: 'utf8',
      cwd: folder,
      env: {
        PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
        LOGS: folder,
        TMPDIR: folder,
        CODEBUILD_BUILD_ARN: 'arn:build',
        GOLDEN_IMAGES_SECRET_1: 'geheim',
        ANSWER: '{"version": "1.0.1/1"}',
        PACKER: 'good',
        TEMPLATE: 'run_tags { Name = "Packer Builder" }',
        ...environment,
      },
    });
    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').map((call) => call.replace(new RegExp(`${folder}/tmp\\.\\w+/`, 'g'), ''));
    const logged = (name: string): string | undefined => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8').trim() : undefined);
    const parsed = (name: string): unknown => { const text = logged(name); return text === undefined ? undefined : JSON.parse(text); };
    return {
      status,
      output: stdout + stderr,
      calls,
      request: parsed('request.json'),
      environment: logged('environment')?.split('\n').filter((line) => line !== '') ?? [],
      secrets: parsed('secrets.json'),
      mode: logged('mode'),
      left: readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /tmp\..*secrets\.json$/.test(path)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the script of a build', () => {
  test('installs, validates, builds and registers, in this order and with what was given', () => {
    const { status, output, calls, request } = run();
    expect([status, output]).toEqual([0, expect.stringContaining('registered as 1.0.1/1')]);
    const options = "[-var] [greeting=it's $HOME `date`] [-var-file=secrets.json] [-only=amazon-ebs.web]";
    const packer = calls.filter((call) => call.startsWith('packer'));
    expect(packer).toEqual([
      'packer [plugins] [install] [--path] [plugin-0/packer-plugin-amazon_v1.8.2_x5.0_linux_amd64] [github.com/hashicorp/amazon]',
      `packer [validate] ${options} [web.json]`,
      `packer [build] [-color=false] [-on-error=cleanup] [-timestamp-ui] ${options} [web.json]`,
    ]);
    expect(request).toEqual({ command: 'register', image: 'golden', manifest: { builds: [], last_run_uuid: 'x' }, build: 'arn:build', caller: 'arn:build', tested: false });
  });

  const hcl = { template: { ...props.template, uri: 's3://assets/web.pkr.hcl', fileName: 'web.pkr.hcl' } };
  const SECRETS = { GOLDEN_IMAGES_SECRET_1: 'g"e$h `i` \\ m', GOLDEN_IMAGES_SECRET_2: '["a","b"]' };
  const environmentVariables = { password: 'GOLDEN_IMAGES_SECRET_1', list: 'GOLDEN_IMAGES_SECRET_2' };

  test('secrets stand in no command line, whatever the template is written in', () => {
    for (const over of [{}, hcl]) {
      const { status, calls } = run({ ...over, environmentVariables }, SECRETS);
      expect(status).toBe(0);
      expect(calls.filter((call) => /\[(?:password|list)=|g"e|"a","b"/.test(call))).toEqual([]);
    }
  });

  test('secrets reach a template of HCL2 by the environment, as they are', () => {
    const { environment, calls, secrets } = run({ ...hcl, environmentVariables }, SECRETS);
    expect(environment.sort()).toEqual(['PKR_VAR_list=["a","b"]', 'PKR_VAR_password=g"e$h `i` \\ m']);
    expect([secrets, calls.some((call) => call.includes('-var-file'))]).toEqual([undefined, false]);
  });

  test('secrets reach a template of legacy JSON, which reads no environment, by a file that is closed to others and gone afterwards', () => {
    const { secrets, mode, left } = run({ environmentVariables }, SECRETS);
    expect([secrets, mode, left]).toEqual([{ password: SECRETS.GOLDEN_IMAGES_SECRET_1, list: SECRETS.GOLDEN_IMAGES_SECRET_2 }, '600', []]);
    expect(run({ environmentVariables }, { ...SECRETS, PACKER: 'fails' }).left).toEqual([]);
  });

  test('a secret whose name no environment can have comes by the file in HCL2 too', () => {
    const { secrets, environment } = run({ ...hcl, environmentVariables: { 'my-name': 'GOLDEN_IMAGES_SECRET_1', 'list': 'GOLDEN_IMAGES_SECRET_2' } }, SECRETS);
    expect([secrets, environment]).toEqual([{ 'my-name': SECRETS.GOLDEN_IMAGES_SECRET_1 }, ['PKR_VAR_list=["a","b"]']]);
  });

  test('a folder that sets a secret itself is refused, since Packer would take that', () => {
    const folder = { template: { uri: 's3://assets/web.zip', fileName: 'web.zip', archive: true } };
    expect(run(folder).environment).toEqual(['PKR_VAR_password=geheim']);
    const refused = run(folder, { AUTO: 'password = "dummy"' });
    expect([refused.status === 0, refused.environment]).toEqual([false, []]);
    expect(refused.output).toContain('the secret variable password is set in a *.auto.pkrvars file of the template too');
    expect(run(folder, { AUTO: 'passwords = "x"' }).status).toBe(0);
  });

  test('the AMI of the parent is no secret', () => {
    const { calls } = run({ parent: { variable: 'source_ami', holder: 'GOLDEN_IMAGES_PARENT' } }, { GOLDEN_IMAGES_PARENT: 'ami-1' });
    expect(calls.find((call) => call.startsWith('packer [build]'))).toContain('[-var] [source_ami=ami-1]');
  });

  test('needs no options', () => {
    const { status, calls } = run({ variables: {}, environmentVariables: {}, only: [] });
    expect(status).toBe(0);
    expect(calls).toContain('packer [validate] [web.json]');
  });

  test('runs nothing whose SHA-256 is not the one that was given', () => {
    const { status, output, calls } = run({ packer: { ...props.packer, sha256: '0'.repeat(64) } });
    expect(status).not.toBe(0);
    expect(output).toMatch(/packer\.zip: FAILED/);
    expect(calls.filter((call) => !call.startsWith('aws [s3]'))).toEqual([]);
  });

  test.each([
    ['a build that fails registers nothing', { PACKER: 'fails' }, /^/],
    ['a build without a manifest registers nothing and says why', { PACKER: 'silent' }, /Packer wrote no packer-manifest\.json: the template needs a post-processor manifest/],
  ])('%s', (_, environment, says) => {
    const { status, output, calls, request } = run({}, environment);
    expect([status === 0, request]).toEqual([false, undefined]);
    expect(output).toMatch(says);
    expect(calls.some((call) => call.startsWith('aws [lambda]'))).toBe(false);
  });

  test('a template whose instances have no tag is refused before Packer starts, since AWS would launch none of them', () => {
    const { status, output, calls } = run({ runTag: { key: 'made-by', value: "it's us" } }, { TEMPLATE: 'source "amazon-ebs" "web" {}' });
    expect(status).not.toBe(0);
    expect(output).toContain("the template sets no run_tags: AWS launches instances for this build only with the tag made-by = it's us");
    expect(calls.filter((call) => /^packer \[(validate|build)\]/.test(call))).toEqual([]);
  });

  test('a refusal fails the build and is shown', () => {
    const { status, output } = run({}, { ANSWER: '{"error": "ami-1 does not exist"}' });
    expect(status).not.toBe(0);
    expect(output).toContain('ami-1 does not exist');
  });

  test('installs the Session Manager plugin by the kind of its package', () => {
    const rpm = source('s3://tools/plugin.rpm', 'rpm');
    expect(buildScript({ ...props, sessionManagerPlugin: rpm })).toContain('rpm -i "$tools/session-manager-plugin"');
    expect(buildScript({ ...props, sessionManagerPlugin: { ...rpm, fileName: 'plugin.deb' } })).toContain('dpkg -i "$tools/session-manager-plugin"');
  });
});
