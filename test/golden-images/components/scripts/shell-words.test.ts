import { faultsOf, scriptsOf } from '../../../../golden-images/src/components/scripts';
import { build } from '../documents';

const binary = (path: string, ...args: string[]): string => build({ name: 'A', action: 'ExecuteBinary', inputs: { path, arguments: args } });
const S = 'if true; then';

test.each<[string, ...string[]]>([
  ['bash', '-c', S],
  ['/bin/sh', '-ec', S],
  ['/bin/bash', '-e', '-c', S],
  ['/bin/bash', '-euo', 'pipefail', '-c', S],
  ['bash', '-o', 'pipefail', '-O', 'extglob', '-xc', S],
  ['bash', '-eo', 'pipefail', '+x', '-c', S],
  ['bash', '-c', '-e', S, 'name', 'argument'],
  ['bash', '-c', '--', S],
  ['bash', '--noprofile', '--rcfile', '/etc/rc', '-c', S],
  ['/usr/bin/env', 'bash', '-c', S],
  ['env', '-i', 'A=b', 'sh', '-e', '-c', S],
])('the script of %s %j %j %j %j is parsed', (...words) => {
  const scripts = scriptsOf(binary(...words));
  expect(scripts.map(({ language, text }) => [language, text])).toEqual([['bash', S]]);
  const fault = faultsOf(scripts).faults.get(scripts[0]!)!;
  expect(scripts[0]!.at(fault.offset).path).toBe(`phases[0].steps[0].inputs.arguments[${words.indexOf(S) - 1}]`);
});

test.each<[string, ...string[]]>([
  ['bash', S],
  ['bash', '/tmp/script', '-c', S],
  ['bash', '-e', '--', '-c', S],
  ['bash', '--rcfile', '-c', S],
  ['bash', '-o', '-c', S],
  ['bash', '-c'],
  ['bash', '-c', '-e'],
  ['/usr/bin/env'],
  ['/usr/bin/env', 'A=b'],
  ['/usr/bin/env', 'python3', '-c', S],
  ['python3', '-c', S],
  ['powershell.exe', '-Command', S],
  ['/opt/crash', '-c', S],
])('%s %j %j %j has no script that is known to be of bash', (...words) => {
  expect(scriptsOf(binary(...words))).toEqual([]);
});
