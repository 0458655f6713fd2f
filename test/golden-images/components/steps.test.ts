import { bash, build, document } from './documents';
import { simulate, type Report, type Script } from '../../../golden-images/src/components';

const outcomes = (report: Report): string[] => report.phases.flatMap(({ steps }) => steps.map(({ step, status, attempts }) => `${step} ${status} ${attempts}`));
const run = async (text: string, script: Script = {}) => {
  const report = await simulate(text, script);
  return { status: report.status, steps: outcomes(report) };
};
/** Steps of these names fail, the first so many times. */
const failing = (failures: Record<string, number>): Script['happens'] => ({ step, time }) => ({ exitCode: time <= (failures[step] ?? 0) ? 1 : 0 });

describe('a step that fails', () => {
  const three = (onFailure?: string, maxAttempts?: number) =>
    build(bash('A'), { ...bash('B'), ...onFailure ? { onFailure } : {}, ...maxAttempts ? { maxAttempts } : {} }, bash('C'));

  test.each<[string | undefined, object]>([
    [undefined, { status: 'Failed', steps: ['A Success 1', 'B Failed 1'] }],
    ['Abort', { status: 'Failed', steps: ['A Success 1', 'B Failed 1'] }],
    ['Continue', { status: 'Failed', steps: ['A Success 1', 'B Failed 1', 'C Success 1'] }],
    ['Ignore', { status: 'SuccessWithIgnoredFailure', steps: ['A Success 1', 'B IgnoredFailure 1', 'C Success 1'] }],
  ])('onFailure %s', async (onFailure, expected) => {
    expect(await run(three(onFailure), { happens: failing({ B: 9 }) })).toEqual(expected);
  });

  test('is tried as often as it may be, and no more', async () => {
    expect(await run(three('Abort', 3), { happens: failing({ B: 2 }) })).toEqual({ status: 'Success', steps: ['A Success 1', 'B Success 3', 'C Success 1'] });
    expect(await run(three('Abort', 3), { happens: failing({ B: 3 }) })).toEqual({ status: 'Failed', steps: ['A Success 1', 'B Failed 3'] });
  });

  test('keeps what it printed and its exit code', async () => {
    const report = await simulate(three(), { happens: ({ step }) => (step === 'B' ? { exitCode: 7, stdout: 'no space' } : undefined) });
    expect(report.phases[0]!.steps[1]).toMatchObject({ exitCode: 7, printed: 'no space', message: 'exit code 7' });
  });

  test('keeps the next phase from running, also under Continue', async () => {
    const text = document({ build: [{ ...bash('A'), onFailure: 'Continue' }, bash('B')], validate: [bash('C')] });
    expect((await run(text, { happens: failing({ A: 1 }) })).steps).toEqual(['A Failed 1', 'B Success 1']);
  });
});

describe('phases', () => {
  const text = document({ build: [bash('A')], validate: [bash('B')], test: [bash('C')] });

  test.each([[undefined, ['A', 'B']], [['test'], ['C']], [['validate', 'build'], ['A', 'B']]])('%j', async (phases, expected) => {
    const report = await simulate(text, phases ? { phases } : {});
    expect(report.phases.flatMap(({ steps }) => steps.map(({ step }) => step))).toEqual(expected);
  });
});

describe('references', () => {
  test('stand for parameters, constants, inputs and outputs of earlier steps', async () => {
    const text = document({
      build: [
        { name: 'Get', action: 'WebDownload', inputs: [{ source: 'http://localhost/{{ Name }}.zip', destination: '{{ Folder }}/' }] },
        bash('Say'),
        bash('All', '{{ build.Get.inputs[0].source }} {{build.Get.outputs.destination}} {{ build.Say.outputs.stdout }} {{ build.Say.outputs[0].stdout }} {{ build.Say.inputs.commands[0] }}'),
      ],
    }, { parameters: [{ Name: { type: 'string', default: 'a' } }], constants: [{ Folder: { type: 'string', value: '/srv' } }] });
    const commands: unknown[] = [];
    await simulate(text, {
      parameters: { Name: 'b' },
      happens: ({ step, inputs }) => {
        if (step === 'All') commands.push(inputs);
        return { stdout: step === 'Say' ? 'hello\n' : '' };
      },
    });
    expect(commands).toEqual([{ commands: ['http://localhost/b.zip /srv/b.zip hello hello true'] }]);
  });

  test('to a step that was skipped fail the step that has them', async () => {
    const text = build({ ...bash('A'), if: { fileExists: '/no' } }, bash('B', 'echo {{ build.A.outputs.stdout }}'));
    expect((await simulate(text)).phases[0]!.steps[1]).toMatchObject({ status: 'Failed', message: '{{ build.A.outputs.stdout }}: no step that ran gives it' });
  });

  test('parameters must be given and known', async () => {
    const text = document({ build: [bash('A')] }, { parameters: [{ Name: { type: 'string' } }] });
    await expect(simulate(text)).rejects.toThrow("parameter 'Name' has no default");
    await expect(simulate(text, { parameters: { Nmae: 'a' } })).rejects.toThrow("the document declares no parameter 'Nmae'; it declares Name");
  });
});

describe('conditions', () => {
  const withIf = (condition: object) => build({ ...bash('A'), maxAttempts: 2, if: condition }, bash('B'));

  test.each<[object, string[]]>([
    [{ fileExists: '/yes' }, ['A Success 1', 'B Success 1']],
    [{ fileExists: '/no' }, ['A Skipped 0', 'B Success 1']],
    [{ fileExists: '/yes', then: 'Skip' }, ['A Skipped 0', 'B Success 1']],
    [{ fileExists: '/no', then: 'Skip', else: 'Execute' }, ['A Success 1', 'B Success 1']],
    [{ fileExists: '/yes', then: 'Abort' }, ['A Failed 1']],
    [{ binaryExists: 'apt-get' }, ['A Success 1', 'B Success 1']],
    [{ folderExists: '/yes' }, ['A Skipped 0', 'B Success 1']],
    [{ fileMD5Equals: '900150983CD24FB0D6963F7D28E17F72', path: '/yes' }, ['A Success 1', 'B Success 1']],
    [{ fileSHA256Equals: 'abc', path: '/no' }, ['A Skipped 0', 'B Success 1']],
  ])('%j', async (condition, expected) => {
    expect((await run(withIf(condition), { files: { '/yes': 'abc' }, binaries: ['apt-get'] })).steps).toEqual(expected);
  });

  test('are evaluated once, also across reboots and attempts', async () => {
    const text = build({ ...bash('A'), maxAttempts: 2, if: { fileExists: '/flag' } });
    const happens: Script['happens'] = ({ time }) => (time === 1 ? { exitCode: 194, deletes: ['/flag'] } : { exitCode: time === 2 ? 1 : 0 });
    expect(await run(text, { files: { '/flag': '' }, happens })).toEqual({ status: 'Success', steps: ['A Success 2'] });
  });
});

describe('timeouts', () => {
  const slow = (seconds: number): Script['happens'] => () => ({ seconds });

  test('count two hours unless the document says otherwise, and −1 is for ever', async () => {
    expect((await run(build(bash('A')), { happens: slow(7200) })).status).toBe('Success');
    expect((await run(build(bash('A')), { happens: slow(7201) })).status).toBe('Failed');
    expect((await run(build({ ...bash('A'), timeoutSeconds: -1 }), { happens: slow(1e9) })).status).toBe('Success');
  });

  test('bound the whole loop, and begin anew with each attempt', async () => {
    const text = build({ ...bash('A'), timeoutSeconds: 10, maxAttempts: 2, loop: { for: { start: 1, end: 4, updateBy: 1 } } });
    expect((await run(text, { happens: slow(2.5) })).steps).toEqual(['A Success 1']);
    const report = await simulate(text, { happens: ({ attempt }) => ({ seconds: attempt === 1 ? 4 : 2 }) });
    expect(report.phases[0]!.steps[0]).toMatchObject({ status: 'Success', attempts: 2, iterations: 4, seconds: 18 });
    expect((await simulate(text, { happens: slow(4) })).phases[0]!.steps[0]).toMatchObject({ status: 'Failed', message: 'iteration 2: timed out after 10 s' });
  });
});

describe('ExecuteDocument', () => {
  const call = (name: string, location: string, others: object = {}): object => ({ name, action: 'ExecuteDocument', inputs: { document: location, ...others } });

  test('runs the phases of another document with its own parameters', async () => {
    const inner = document({ build: [bash('In', '{{ Name }}')], validate: [bash('Not')] }, { parameters: [{ Name: { type: 'string' } }] });
    const asked: unknown[] = [];
    const report = await simulate(build(call('Call', '/inner.yml', { phases: 'build', parameters: [{ Name: 'x' }] }), bash('After')), {
      documents: { '/inner.yml': inner }, happens: ({ inputs }) => { asked.push(inputs); return undefined; },
    });
    expect(asked).toEqual([{ commands: ['x'] }, { commands: ['true'] }]);
    expect(report.phases[0]!.steps[0]).toMatchObject({ step: 'Call', status: 'Success', nested: [{ step: 'In', status: 'Success' }] });
  });

  test('goes on inside after a reboot', async () => {
    const documents = { '/inner.yml': build(bash('One'), { name: 'Restart', action: 'Reboot' }, bash('Two')) };
    const report = await simulate(build(call('Call', '/inner.yml'), bash('After')), { documents });
    expect(report.lines.filter((line) => !line.includes('true'))).toEqual([
      'build.Call: ExecuteDocument', '  build.One: ExecuteBash', '  build.Restart: Reboot', '-- reboot; the next step goes on', '  build.Two: ExecuteBash', 'build.After: ExecuteBash',
    ]);
  });

  test('has the time that the step around it has left', async () => {
    const documents = { '/inner.yml': build({ ...bash('One'), onFailure: 'Ignore', maxAttempts: 5 }, bash('Two')) };
    const report = await simulate(build({ ...call('Call', '/inner.yml'), timeoutSeconds: 10 }), { documents, happens: () => ({ seconds: 100 }) });
    expect(report.phases[0]!.steps).toMatchObject([{ step: 'Call', status: 'Failed', message: 'timed out after 10 s', seconds: 10 }]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['a cycle', { '/a': build(call('Call', '/b')), '/b': build(call('Call', '/a')) }, '/a is being run already: a cycle'],
    ['a fourth level', { '/a': build(call('Call', '/b')), '/b': build(call('Call', '/c')), '/c': build(call('Call', '/d')), '/d': build(bash('A')) },
      '/d would be document 4 in another; at most 3 may be'],
    ['nothing', {}, '/a: there is no such document'],
    ['what is not valid', { '/a': 'phases: []' }, '/a is not valid: schemaVersion: it is missing'],
  ])('refuses %s', async (_, documents, message) => {
    const report = await simulate(build(call('Call', '/a')), { documents });
    expect(report.status).toBe('Failed');
    expect(JSON.stringify(report)).toContain(message);
  });
});

test('what runs only on the other system fails by name', async () => {
  const report = await simulate(build(bash('A'), { name: 'B', action: 'Assert', inputs: { stringEquals: 'a', value: 'a' } }), { system: 'Linux' });
  expect(report.status).toBe('Success');
  await expect(simulate(build(bash('A')), { system: 'Windows' })).rejects.toThrow("'ExecuteBash' runs only on Linux");
});
