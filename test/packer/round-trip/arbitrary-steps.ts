import fc from 'fast-check';
import { escaped } from './engine-text';

type Provisioner = Record<string, unknown>;

/** Lines of scripts, which are never run: what makes quoting stumble. */
const line = fc.array(fc.oneof(
  fc.constantFrom("'", '"', '\\', '$X', '${X}', '$(', '`', '{{', '}}', '{', '%{', 'EOT', '<<EOT', 'GOLDEN_IMAGES', "'@", "@'", "'\\''", '$', '&', '%X%', '|'),
  fc.constantFrom('é', '日本', '😀', ' ', '#', ';'),
  fc.string({ unit: fc.constantFrom(...'abcXYZ012 -_=/.,:'), maxLength: 8 }),
), { minLength: 1, maxLength: 6 }).map((pieces) => `echo ${pieces.join('')}`);
const lines = fc.array(line, { minLength: 1, maxLength: 4 }).map((all) => all.map(escaped));
const seconds = fc.constantFrom('1s', '90s', '2m', '1h');

const optional = <T>(name: string, value: fc.Arbitrary<T>): fc.Arbitrary<Provisioner> =>
  fc.option(value.map((given) => ({ [name]: given })), { nil: {} });
const all = (...parts: fc.Arbitrary<Provisioner>[]): fc.Arbitrary<Provisioner> =>
  fc.tuple(...parts).map((given) => Object.assign({}, ...given) as Provisioner);
const typed = (type: string): fc.Arbitrary<Provisioner> => fc.constant({ type });

const common = [optional('pause_before', seconds), optional('timeout', seconds), optional('max_retries', fc.integer({ min: 0, max: 4 }))];
const script = [
  optional('environment_vars', fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'C'), line), { selector: ([name]) => name })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${escaped(value)}`))),
  optional('valid_exit_codes', fc.uniqueArray(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 3 })),
];
const restarting = (command: string): fc.Arbitrary<Provisioner> =>
  fc.tuple(lines, fc.boolean()).map(([inline, restarts]) => ({ inline: restarts ? [...inline, command] : inline }));
const content = fc.array(line, { minLength: 1, maxLength: 3 }).map((some) => ({ content: escaped(some.join('\n')) }));
const destination = (...paths: string[]): fc.Arbitrary<Provisioner> => fc.constantFrom(...paths).map((path) => ({ destination: path }));

/** Provisioners of Linux and of Windows that the table calls mapped, and that need nothing of the machine or of the author's disk. */
export const linux: fc.Arbitrary<Provisioner> = fc.oneof(
  all(typed('shell'), restarting('reboot'), ...script, ...common, optional('pause_after', seconds), optional('inline_shebang', fc.constantFrom('/bin/bash -eu', '/usr/bin/env python3'))),
  all(typed('file'), content, destination('/etc/motd', '/tmp', '/srv/a b/', '/opt/é.txt'), ...common),
);
const filters = fc.subarray(["exclude:$_.Title -like '*Preview*'", 'include:$_.AutoSelectOnWebSites']).map((some) => [...some, 'include:$true']);
export const windows: fc.Arbitrary<Provisioner> = fc.oneof(
  all(typed('powershell'), restarting('Restart-Computer -Force'), ...script, ...common, optional('pause_after', seconds), optional('use_pwsh', fc.boolean())),
  all(typed('windows-shell'), restarting('shutdown /r /t 0'), ...script, ...common),
  all(typed('file'), content, destination('C:\\site\\index.html', 'C:\\a b\\', 'D:\\é.txt'), ...common),
  all(typed('windows-restart'), optional('restart_check_command', line.map(escaped)), optional('check_registry', fc.boolean()), optional('pause_before', seconds)),
  all(typed('windows-update'), optional('search_criteria', fc.constantFrom('IsInstalled=0', "BrowseOnly=0 and IsInstalled=0 and Type='Software'")),
    optional('filters', filters), optional('update_limit', fc.integer({ min: 1, max: 900 }))),
);
