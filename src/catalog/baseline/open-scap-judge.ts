import { FAILING, RESULTS, SUMMARY, WORK } from './open-scap-paths';
import { bashQuoted } from '../../component/step/quoting';

/** A rule that may fail, and why. */
export interface AcceptedRule {
  readonly id: string;
  readonly reason: string;
}

/**
 * Reads results that oscap wrote (XCCDF 1.2, an element a line, as libxml2 writes it). `fail`, `error` and `unknown` count as failing: what the scanner
 * could not find out has not passed. `notchecked` are rules that no program can judge. Where no rule was applied nothing is proven, though oscap
 * ends with 0: that is what it does with the data stream of another system (ComplianceAsCode/content#12401) and with a tailoring file for another one
 * (OpenSCAP/openscap#614).
 */
const JUDGE = String.raw`
function attribute(name) {
  return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : ""
}
function text(value) {
  value = $0; sub(/^[^>]*>/, "", value); sub(/<\/.*$/, "", value)
  gsub(/&lt;/, "<", value); gsub(/&gt;/, ">", value); gsub(/&quot;/, "\"", value); gsub(/&amp;/, "\\&", value)
  return value
}
function named(id) { return id " (" (id in title ? title[id] : "no title") ", severity " severity[id] ")" }
FILENAME == ARGV[1] { at = index($0, "\t"); reason[substr($0, 1, at - 1)] = substr($0, at + 1); next }
/<([A-Za-z0-9.-]+:)?Rule / { rule = attribute("id") }
/<([A-Za-z0-9.-]+:)?title[ >]/ { if (rule != "" && !(rule in title)) title[rule] = text() }
/<([A-Za-z0-9.-]+:)?TestResult / { rule = "" }
/<([A-Za-z0-9.-]+:)?rule-result / { id = attribute("idref"); severity[id] = attribute("severity") }
/<([A-Za-z0-9.-]+:)?result>/ {
  if (id == "") next
  result = text(); seen[id] = result; count[result]++
  if (result == "notchecked") print "not checked by the scanner, for a person to judge: " named(id)
  if (result == "fail" || result == "error" || result == "unknown") {
    if (id in reason) { accepted++; print "accepted: " named(id) ": " result ": " reason[id] }
    else print named(id) ": " result > FAILING
  } else if (id in reason) print "accepted, without need: " named(id) ": " result
  id = ""
}
END {
  for (id in reason) if (!(id in seen)) print id ": it is accepted, and the data stream has no such rule" > FAILING
  applied = count["pass"] + count["fail"] + count["error"] + count["unknown"] + count["fixed"]
  if (applied == 0) print "no rule was applied: the data stream or the tailoring file is for another system" > FAILING
  printf "%d of %d rules pass; %d fail, %d error, %d unknown, of which %d are accepted; %d are for a person to judge, %d do not apply\n", \
    count["pass"] + count["fixed"], applied, count["fail"], count["error"], count["unknown"], accepted, count["notchecked"], count["notapplicable"]
}
`;

/** Writes the summary, and a file of what fails. awk is there wherever oscap is. */
export const judge = (accepted: AcceptedRule[]): string[] => [
  `: > ${WORK}/accepted.txt`,
  ...accepted.map(({ id, reason }) => `printf '%s\\t%s\\n' ${bashQuoted(id)} ${bashQuoted(reason)} >> ${WORK}/accepted.txt`),
  `: > ${FAILING}`,
  `awk -v FAILING=${FAILING} ${bashQuoted(JUDGE)} ${WORK}/accepted.txt ${RESULTS} > ${SUMMARY}`,
];

/** Shows the summary, and fails with what failed. */
export const verdict = (profile: string): string[] => [
  `echo 'OpenSCAP, profile ${profile}:'`,
  `cat ${SUMMARY}`,
  `failing=$(cat ${FAILING})`,
  `rm -rf ${WORK}`,
  '[ -z "$failing" ] || fail "OpenSCAP: these rules fail and are not accepted (OpenScap.hardening, acceptedRules):'
  + '\n$failing"',
];
