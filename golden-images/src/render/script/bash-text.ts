import type { Means } from './language';
import { bashQuoted as quoted } from '../../../../src/component/step/quoting';
import type { Pass, Script } from '../plan/operation';

/** A script as a file: the body as it is wherever that means the same. */
export function bashText(script: Script, title: string, means: Means): string {
  const body = isPlain(script, means) ? script.body.split('\n') : inside(script, means);
  return ['#!/bin/bash', ...title.split('\n').map((line) => `# ${line}`), ...script.guard, ...body, ''].join('\n');
}

function isPlain({ wants, keeps, onFailure, attempts, timeoutSeconds, pass }: Script, { retries, timeouts }: Means): boolean {
  return wants.length === 0 && keeps === undefined && onFailure === 'Abort' && pass === undefined
    && (retries || attempts === 1) && (timeouts || timeoutSeconds === Infinity);
}

/** The body in a file of its own, run by a bash of its own, so that this one may look at how it ended. */
function inside(script: Script, means: Means): string[] {
  const { body, wants, keeps, pass } = script;
  const end = ['GOLDEN_IMAGES', ...Array.from({ length: 9 }, (_, index) => `GOLDEN_IMAGES_${index}`)].find((each) => !body.split('\n').includes(each))!;
  return [
    ...pass ? passBegin(pass) : [],
    'body=$(mktemp -p /var/tmp)',
    "trap 'rm -f \"$body\"' EXIT",
    `cat > "$body" <<'${end}'`,
    ...body.split('\n'),
    end,
    ...wants.length > 0 ? ['text=$(cat "$body")', ...wants.map(({ marker, file }) => `value=$(cat ${quoted(file)}) && text=\${text//${quoted(marker)}/"$value"} || exit 1`), 'printf \'%s\\n\' "$text" > "$body"'] : [],
    ...keeps ? [`mkdir -p "$(dirname ${quoted(keeps.file)})"`] : [],
    ...runs(script, means),
    ...keeps ? [`if [ "$status" -ne 0 ]; then rm -f ${quoted(keeps.file)}; fi`] : [],
    ...pass ? passEnd(pass) : [],
    ...ending(script),
  ];
}

function runs({ attempts: most, timeoutSeconds, keeps }: Script, { retries, timeouts }: Means): string[] {
  const command = `${!timeouts && timeoutSeconds !== Infinity ? `timeout ${timeoutSeconds} ` : ''}bash "$body"`;
  const run = keeps ? `${command} | tee ${quoted(keeps.file)}; status=\${PIPESTATUS[0]}` : `${command}; status=$?`;
  return retries || most === 1 ? [run] : [`for attempt in $(seq ${most}); do`, `  ${run}`, '  if [ "$status" -eq 0 ]; then break; fi', 'done'];
}

/** A later pass runs only where the one before asked for a restart. */
const passBegin = ({ restartFile, number }: Pass): string[] => [
  ...number > 1 ? [`if [ ! -f ${quoted(restartFile)} ]; then exit 0; fi`] : [],
  `rm -f ${quoted(restartFile)}`,
];

const passEnd = ({ code, restartFile, number, of }: Pass): string[] => (number < of
  ? [`if [ "$status" -eq ${code} ]; then mkdir -p "$(dirname ${quoted(restartFile)})" && touch ${quoted(restartFile)}; exit 0; fi`]
  : [`if [ "$status" -eq ${code} ]; then echo 'it asks for another restart after ${of} passes' >&2; exit 1; fi`]);

function ending({ onFailure, language }: Script): string[] {
  switch (onFailure) {
    case 'Abort': return ['exit "$status"'];
    case 'Ignore': return ['if [ "$status" -ne 0 ]; then echo "exit code $status: ignored, as the step says"; fi', 'exit 0'];
    case 'Continue': return [
      'if [ "$status" -ne 0 ]; then',
      '  echo "exit code $status: the build goes on, and fails at the end of the phase"',
      `  mkdir -p ${language.folder} && echo "$0" >> ${language.folder}failed`,
      'fi',
      'exit 0',
    ];
  }
}
