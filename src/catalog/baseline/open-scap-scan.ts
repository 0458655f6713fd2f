import { judge, type AcceptedRule } from './open-scap-judge';
import { ARF, DATA_STREAM, HTML, RESULTS, SUMMARY, TAILORING, WORK } from './open-scap-paths';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';
import { bashQuoted } from '../../component/step/quoting';

/** What is scanned for, and how long a scan may take. */
export interface Scan {
  readonly profile: string;
  readonly tailored: boolean;
  readonly seconds: number;
}

/** Rounds of remediation: a fix may be what another one waits for, such as a package for its settings. */
export const ROUNDS = 5;

/** Its probes run beside each other, and may be killed: by a null pointer of 1.3.7 on a booted Debian 12, between two scans that went well. */
const ATTEMPTS = 3;

/**
 * Exit codes of oscap(8): 0 all rules pass, 1 an error, 2 a rule failed or is unknown; of bash(1): 134 and 139 where it was killed by SIGABRT or
 * SIGSEGV. A rule of a tailoring file that the benchmark has not is a message only (OpenSCAP/openscap#614).
 */
const oscap = ({ profile, tailored, seconds }: Scan): string[] => [
  `mkdir -p ${WORK}`,
  'scan() {',
  `  local status attempt ends=$((SECONDS + ${seconds}))`,
  `  for attempt in $(seq ${ATTEMPTS}); do`,
  '    status=0',
  // Fixes may ask; nobody is there to answer.
  `    DEBIAN_FRONTEND=noninteractive timeout --kill-after=60 "$((ends > SECONDS ? ends - SECONDS : 1))" oscap xccdf eval --profile ${bashQuoted(profile)} \\`,
  `      ${tailored ? `--tailoring-file ${TAILORING} ` : ''}"$@" ${DATA_STREAM} < /dev/null > ${WORK}/output.txt 2> ${WORK}/errors.txt || status=$?`,
  '    case "$status" in',
  `      134 | 139) echo "oscap was killed by signal $((status - 128)): attempt $attempt of ${ATTEMPTS}" >&2 ;;`,
  '      *) break ;;',
  '    esac',
  '  done',
  '  case "$status" in',
  '    0 | 2) ;;',
  `    124 | 137) fail 'oscap did not end within ${seconds} seconds: raise the timeout of OpenScap.hardening' ;;`,
  `    *) tail -n 20 ${WORK}/output.txt ${WORK}/errors.txt >&2; fail "oscap failed with exit code $status" ;;`,
  '  esac',
  ...tailored ? [
    `  if grep 'does not exist in Benchmark' ${WORK}/errors.txt >&2; then fail 'the tailoring file names rules that the data stream does not have'; fi`,
  ] : [],
  '}',
];

/** Says what is wrong with what was given, before oscap does in its own words. */
const checkGiven = ({ profile, tailored }: Scan): string[] => [
  `[ -s ${DATA_STREAM} ] || fail 'the data stream ${DATA_STREAM} is not there: it came with the build phase, and must stay in the image'`,
  "command -v oscap >/dev/null || fail 'oscap is not there: it came with the build phase, and must stay in the image'",
  `if ! known=$(oscap info ${DATA_STREAM} 2>&1); then echo "$known" >&2; fail '${DATA_STREAM} is no SCAP data stream that oscap can read'; fi`,
  ...tailored ? [
    `if ! tailored=$(oscap info ${TAILORING} 2>&1); then echo "$tailored" >&2; `
    + "fail 'the tailoring file cannot be read: make it with autotailor or SCAP Workbench, for this data stream'; fi",
    'known+=$tailored',
  ] : [],
  `grep -Eq '(Id: |^[[:space:]]*)${profile}[[:space:]]*$' <<< "$known" \\`,
  `  || fail "there is no profile ${profile}; there are: $(grep -oE '[A-Za-z0-9._-]+_profile_[A-Za-z0-9._-]+' <<< "$known" | sort -u | tr '\\n' ' ')"`,
];

/** Ids of rules that a remediation fixed. */
const FIXED = String.raw`/<([A-Za-z0-9.-]+:)?rule-result / { match($0, /idref="[^"]*"/); id = substr($0, RSTART + 7, RLENGTH - 8) } />fixed</ { print id }`;

/** Lets the fixes of the profile change the build instance, until a round fixes nothing new. What still fails is for the validation to say. */
export const remediate = (scan: Scan): Step => linuxStep('OpenScapRemediate', () => [
  ...checkGiven(scan),
  ...oscap(scan),
  "before='|'",
  `for round in $(seq ${ROUNDS}); do`,
  `  scan --remediate --results ${RESULTS}`,
  `  fixed=$(awk ${bashQuoted(FIXED)} ${RESULTS} | tr '\\n' ' ')`,
  '  echo "round $round of remediation: $(wc -w <<< "$fixed") rules fixed"',
  '  if [ -z "$fixed" ]; then break; fi',
  // Rules that contradict each other, such as those for journald alone and for rsyslog beside it.
  '  case "$before" in *"|$fixed|"*) echo "fixed again, so that rules undo each other: $fixed"; break ;; esac',
  '  before+="$fixed|"',
  'done',
  `rm -rf ${WORK}`,
]);

/** Scans, keeps the reports, and judges; what is wrong is said by `verdict`, after reports are uploaded. */
export const evaluate = (scan: Scan, accepted: AcceptedRule[], folder: string | undefined): Step => linuxStep('OpenScapEvaluate', () => [
  ...checkGiven(scan),
  ...oscap(scan),
  `scan --results ${RESULTS} --results-arf ${ARF} --report ${HTML}`,
  ...judge(accepted),
  ...folder === undefined ? [] : [
    `install -d -m 0700 ${bashQuoted(folder)}`,
    `install -m 0600 -t ${bashQuoted(folder)} ${ARF} ${HTML} ${SUMMARY}`,
  ],
]);
