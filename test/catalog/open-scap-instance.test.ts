import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { phases } from './openscap/support';
import type { OpenScapOptions } from '../../src/catalog';
import { Source } from '../../src/component';

const FILES = resolve('test/catalog/openscap');
const ALL = 'xccdf_example_profile_all';
const rule = (name: string): string => `xccdf_example_rule_${name}`;
const REASONS = Object.fromEntries(['fails', 'fails_too', 'breaks', 'unjudged'].map((name) => [rule(name), `why ${name}`]));

describe('on an instance', () => {
  let room: string;
  beforeEach(() => {
    room = mkdtempSync(join(tmpdir(), 'openscap-'));
    mkdirSync(join(room, 'content'));
    mkdirSync(join(room, 'bin'));
    writeFileSync(join(room, 'content/data-stream.xml'), readFileSync(join(FILES, 'data-stream.xml')));
  });
  afterEach(() => { rmSync(room, { recursive: true }); });

  /** A program that answers as oscap 1.3.7 did when the files beside it were made. */
  function scanner({ results = join(FILES, 'results.xml'), exit = 2, errors = '' } = {}): void {
    const lines = [
      '#!/bin/bash',
      `if [ "$1" = info ]; then grep -q '<.*>' "$2" || { echo 'Could not determine document type'; exit 1; }; cat ${FILES}/info.txt; exit 0; fi`,
      `while [ $# -gt 0 ]; do case "$1" in --results) cp ${results} "$2" ;; --results-arf | --report) echo x > "$2" ;; esac; shift; done`,
      `printf %s '${errors}' >&2; exit ${exit}`,
    ];
    writeFileSync(join(room, 'bin/oscap'), lines.join('\n'));
    chmodSync(join(room, 'bin/oscap'), 0o755);
  }

  function run(steps: any[]): SpawnSyncReturns<string> {
    const script = steps.flatMap(({ inputs }) => inputs.commands.map((each: string) => `( ${each}\n)`)).join('\n');
    const places = { '/var/lib/golden-images-openscap': 'state', '/usr/local/share/golden-images-openscap': 'content', '/srv/reports': 'reports' };
    const input = Object.entries(places).reduce((text, [path, name]) => text.replaceAll(path, join(room, name)), script);
    return spawnSync('bash', ['-e'], { input, encoding: 'utf8', env: { ...process.env, PATH: `${room}/bin:${process.env.PATH}` } });
  }

  const validate = (options: Partial<OpenScapOptions> = {}): SpawnSyncReturns<string> => run(phases({ profile: ALL, ...options }).validate!);

  test('all that fails, breaks or stays unknown is named with title and severity', () => {
    scanner();
    const { status, stderr, stdout } = validate();
    expect(status).toBe(1);
    expect(stderr.trim().split('\n').slice(1)).toEqual([
      'xccdf_example_rule_fails (A file that is "absent" & wanted, severity high): fail',
      'xccdf_example_rule_fails_too (Another one, severity medium): fail',
      'xccdf_example_rule_breaks (A pattern that no program understands, severity medium): error',
      'xccdf_example_rule_unjudged (A thing for which there is no probe here, severity medium): unknown',
    ]);
    expect(stdout).toContain('not checked by the scanner, for a person to judge: xccdf_example_rule_by_hand (Something to ask people');
    expect(stdout).toContain('1 of 5 rules pass; 2 fail, 1 error, 1 unknown, of which 0 are accepted; 1 are for a person to judge, 1 do not apply');
  });

  /** A scanner that is killed so many times before it ends. */
  function killed(times: number): void {
    scanner();
    const program = readFileSync(join(room, 'bin/oscap'), 'utf8');
    const kill = `n=$(cat ${room}/n 2>/dev/null || echo 0); if [ "$1" != info ] && [ "$n" -lt ${times} ]; then echo $((n + 1)) > ${room}/n; kill -SEGV $$; fi`;
    writeFileSync(join(room, 'bin/oscap'), program.replace('\n', () => `\n${kill}\n`));
  }

  test('a scanner that is killed by a signal is tried again, three times at the most', () => {
    killed(2);
    expect(validate({ acceptedRules: REASONS }).status).toBe(0);
    rmSync(join(room, 'n'));
    killed(3);
    const { status, stderr } = validate({ acceptedRules: REASONS });
    expect([status, stderr]).toEqual([1, expect.stringMatching(/killed by signal 11: attempt 3 of 3.*oscap failed with exit code 139/s)]);
  });

  test('what is accepted passes, and its reason is in the output and beside the report', () => {
    scanner();
    const { status, stdout, stderr } = validate({ acceptedRules: REASONS, reportFolder: '/srv/reports' });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('accepted: xccdf_example_rule_breaks (A pattern that no program understands, severity medium): error: why breaks');
    expect(readFileSync(join(room, 'reports/summary.txt'), 'utf8')).toContain('fail: why fails_too');
    ['arf.xml', 'report.html'].forEach((name) => expect(existsSync(join(room, 'reports', name))).toBe(true));
  });

  test('one that is not accepted fails beside others that are', () => {
    scanner();
    const { [rule('breaks')]: _, ...others } = REASONS;
    expect(validate({ acceptedRules: others }).stderr.trim().split('\n').slice(1)).toEqual([expect.stringContaining('xccdf_example_rule_breaks')]);
  });

  test('what is accepted without need is said, and what does not exist is refused', () => {
    scanner();
    const { status, stdout, stderr } = validate({ acceptedRules: { ...REASONS, [rule('passes')]: 'a', [rule('absent')]: 'b' } });
    expect(stdout).toContain('accepted, without need: xccdf_example_rule_passes (A file that is there, severity low): pass');
    expect([status, stderr]).toEqual([1, expect.stringContaining('xccdf_example_rule_absent: it is accepted, and the data stream has no such rule')]);
  });

  test('where no rule was applied nothing is proven, though oscap ends well', () => {
    scanner({ results: join(FILES, 'elsewhere.xml'), exit: 0 });
    const { status, stderr } = validate({ profile: 'xccdf_example_profile_elsewhere' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('no rule was applied: the data stream or the tailoring file is for another system')]);
  });

  test.each([
    ['an error of the scanner', { exit: 1, errors: 'out of memory' }, 'oscap failed with exit code 1'],
    ['a scanner that takes too long', { exit: 124 }, 'did not end within 1800 seconds'],
  ])('%s is told', (_case, answer, message) => {
    scanner(answer);
    const { status, stderr } = validate();
    expect([status, stderr]).toEqual([1, expect.stringContaining(message)]);
  });

  test('a profile that is not there is told with those that are', () => {
    scanner();
    expect(validate({ profile: 'xccdf_example_profile_none' }).stderr)
      .toContain('there is no profile xccdf_example_profile_none; there are: xccdf_example_profile_all xccdf_example_profile_elsewhere');
  });

  test('a data stream that is not there, or is none, is told', () => {
    scanner();
    writeFileSync(join(room, 'content/data-stream.xml'), 'broken');
    expect(validate().stderr).toContain('is no SCAP data stream that oscap can read');
    rmSync(join(room, 'content/data-stream.xml'));
    expect(validate().stderr).toContain('is not there: it came with the build phase');
  });

  test('remediation goes on while something else is fixed, and says what is fixed repeatedly', () => {
    const results = join(room, 'fixed.xml');
    const remediate = (options: Partial<OpenScapOptions> = {}): SpawnSyncReturns<string> =>
      run(phases({ profile: ALL, ...options }).build!.filter(({ name }) => name.startsWith('OpenScapRemediate')));
    scanner({ results });
    writeFileSync(results, readFileSync(join(FILES, 'results.xml'), 'utf8').replace('>fail<', '>fixed<'));
    const { status, stdout } = remediate();
    expect([status, stdout.trim().split('\n')]).toEqual([0, [
      'round 1 of remediation: 1 rules fixed', 'round 2 of remediation: 1 rules fixed',
      'fixed again, so that rules undo each other: xccdf_example_rule_fails',
    ]]);
    scanner();
    expect(remediate().stdout).toBe('round 1 of remediation: 0 rules fixed\n');
  });

  describe('a tailoring file', () => {
    const tailored = { tailoring: Source.asset(join(FILES, 'tailoring.xml')) };

    test('that is broken is told', () => {
      scanner();
      writeFileSync(join(room, 'content/tailoring.xml'), 'broken');
      expect(validate(tailored).stderr).toContain('the tailoring file cannot be read: make it with autotailor or SCAP Workbench');
    });

    test('with rules of another benchmark is refused, for which oscap has a warning only', () => {
      scanner({ errors: 'W: oscap: Selector ID(xccdf_example_rule_of_another) does not exist in Benchmark and it will be ignored.' });
      writeFileSync(join(room, 'content/tailoring.xml'), '<a/>');
      const { status, stderr } = validate({ ...tailored, acceptedRules: REASONS });
      expect([status, stderr]).toEqual([1, expect.stringContaining('the tailoring file names rules that the data stream does not have')]);
    });
  });
});
