import type { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OpenScapOptions } from './open-scap-options';
import { checkPath } from '../../component/linux/checks';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';
import { InvalidInputError } from '../../private/errors';

/** What of the options can be wrong by itself. Stands before all others. */
export const checkOptions = ({ profile, acceptedRules = {}, reportFolder, timeout }: OpenScapOptions): Step => linuxStep('OpenScap', (scope) => {
  checkId(scope, profile, 'profile');
  if (timeout !== undefined) { checkTimeout(scope, timeout); }
  Object.entries(acceptedRules).forEach(([rule, reason]) => {
    checkId(scope, rule, 'accepted rule');
    checkReason(scope, rule, reason);
  });
  if (reportFolder !== undefined) { checkFolder(scope, checkPath(scope, reportFolder, 'the report folder')); }
  return [`echo 'OpenSCAP, profile ${profile}, with ${Object.keys(acceptedRules).length} accepted rules'`];
});

function checkId(scope: Construct, id: string, meaning: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(id)) {
    throw new InvalidInputError(scope, {
      what: `the ${meaning} '${id}' of OpenScap.hardening is not valid`,
      expected: 'an id as oscap info lists it, such as cis_server_l1 or xccdf_org.ssgproject.content_rule_partition_for_tmp',
      fix: 'correct it',
    });
  }
}

/** timeout(1) of coreutils takes 0 for no limit. */
function checkTimeout(scope: Construct, timeout: Duration): void {
  const milliseconds = timeout.toMilliseconds();
  if (milliseconds < 60_000 || milliseconds % 1000 !== 0) {
    throw new InvalidInputError(scope, {
      what: `the timeout of OpenScap.hardening is ${milliseconds} ms`,
      expected: 'whole seconds, 60 or more: a scan takes minutes',
      fix: 'give it such as Duration.minutes(30)',
    });
  }
}

function checkReason(scope: Construct, rule: string, reason: string): void {
  if (reason.trim() === '' || /[\n\r\t]/.test(reason)) {
    throw new InvalidInputError(scope, {
      what: `the rule '${rule}' is accepted by OpenScap.hardening ${reason.trim() === '' ? 'without a reason' : 'for a reason of several lines'}`,
      expected: 'the reason in one line: it is what an auditor reads',
      fix: `write it: { ${rule}: '…' }`,
    });
  }
}

function checkFolder(scope: Construct, folder: string): void {
  if (/^\/(?:var\/log|tmp|var\/tmp|run)(?:\/|$)/.test(folder)) {
    throw new InvalidInputError(scope, {
      what: `the report folder '${folder}' of OpenScap.hardening does not outlive the build`,
      expected: 'a folder outside of /var/log, /tmp, /var/tmp and /run',
      fix: "take one such as '/var/lib/openscap'",
    });
  }
}
