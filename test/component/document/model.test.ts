import { examineDocument, readDocument, validateDocument } from '../../../src/component/document';
import { Platform } from '../../../src/image/platform';

const text = `
name: Demo
schemaVersion: 1.0
parameters:
  - Size: { type: string, default: 3 }
phases:
  - name: build
    steps:
      - name: Plain
        action: UpdateOS
      - name: Full
        action: ExecuteBash
        timeoutSeconds: -1
        onFailure: ignore
        maxAttempts: '2'
        disableLogging: true
        if: { fileExists: /a, then: Skip }
        loop: { name: Turn, forEach: { list: 'a;b', delimiter: ';' } }
        inputs: { commands: ['echo {{ aws:ssm:/a/b }} {{ aws:ssm:resolve(Size) }}'] }
  - name: container-host-test
    steps: [{ name: Loop, action: ExecuteBash, loop: { for: { start: 1, end: 3, updateBy: 1 } }, inputs: { commands: [a] } }]
`;

test('a document is read with its defaults written out', () => {
  expect(validateDocument(text, Platform.LINUX)).toEqual([]);
  expect(readDocument(text)).toEqual({
    name: 'Demo',
    parameters: [{ name: 'Size', value: '3' }],
    constants: [],
    phases: [
      {
        name: 'build',
        steps: [
          { name: 'Plain', action: 'UpdateOS', timeoutSeconds: 7200, onFailure: 'Abort', maxAttempts: 1, quiet: false, inputs: undefined },
          {
            name: 'Full',
            action: 'ExecuteBash',
            timeoutSeconds: Infinity,
            onFailure: 'Ignore',
            maxAttempts: 2,
            quiet: true,
            inputs: { commands: ['echo {{ aws:ssm:/a/b }} {{ aws:ssm:resolve(Size) }}'] },
            condition: { comparison: { fileExists: '/a' }, whenTrue: 'Skip', whenFalse: 'Skip' },
            loop: { kind: 'text', name: 'Turn', text: 'a;b', delimiter: ';' },
          },
        ],
      },
      { name: 'container-host-test', steps: [expect.objectContaining({ loop: { kind: 'numbers', start: 1, end: 3, updateBy: 1 } })] },
    ],
  });
});

test.each<[string, string, object[]]>([
  ['a wrong value', 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: A\n        action: Nothing', [{ line: 6, column: 9 }]],
  ['a missing value, where it would stand', 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - action: Reboot', [{ line: 5, column: 9 }]],
  ['an entry of a list', 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: A\n        action: ExecuteBash\n        inputs:\n          commands:\n            - a\n            - b {{ c.d }}', [{ line: 10, column: 15 }]],
  ['a reference by an alias', 'schemaVersion: 1.0\nx: &s { name: A, action: Nothing }\nphases:\n  - name: build\n    steps:\n      - *s', [{ line: 2, column: 1 }, { line: 2, column: 18 }]],
  ['no YAML', 'a: [', [{ line: 1, column: 5 }]],
  ['a text', 'hello', [{ line: 1, column: 1 }]],
])('violations say where they are: %s', (_, written, expected) => {
  expect(validateDocument(written, Platform.LINUX)).toMatchObject(expected);
});

test('a value of Parameter Store is named by a variable that is declared', () => {
  const wrong = text.replace('resolve(Size)', 'resolve(Sise)');
  expect(validateDocument(wrong, Platform.LINUX)).toMatchObject([{ what: "'{{ Sise }}' refers to nothing", expected: 'a declared parameter or constant: Size' }]);
});

test('a condition is evaluated once, before the loop, and cannot refer to its turn', () => {
  const wrong = text.replace('fileExists: /a', "fileExists: '/{{ loop.value }}'");
  expect(validateDocument(wrong, Platform.LINUX)).toMatchObject([{ path: 'phases[0].steps[1].if.fileExists' }]);
});

test.each<[string[], Platform]>([
  [['ExecuteBash'], Platform.LINUX], [['InstallMSI', 'Reboot'], Platform.WINDOWS], [['Reboot'], Platform.LINUX], [[], Platform.LINUX],
  [['ExecuteBash', 'InstallMSI'], Platform.LINUX], [['ExecuteBash', 'InstallMSI', 'SetRegistry'], Platform.WINDOWS],
])('%j is for %s', (actions, platform) => {
  const steps = actions.map((action, index) => `{ name: S${index}, action: ${action} }`).join(', ');
  expect(examineDocument(`schemaVersion: 1.0\nphases: [{ name: build, steps: [${steps}] }]`).platform).toBe(platform);
});
