import type { Construct } from 'constructs';
import { checkKnown } from './excluded-items';
import { auditPackages } from './linux-audit';
import { auditDaemon, checkAuditDaemon } from './linux-audit-daemon';
import { BEGIN, END } from './linux-cis-checks';
import { checkIntegrity, checkIntegrityRuns, integrity } from './linux-integrity';
import { checkLockout, lockout } from './linux-lockout';
import { checkMounts, checkMountTable, mountOptions } from './linux-mounts';
import { AUDIT_DAEMON, INTEGRITY, LOCKOUT, MOUNTS } from './linux-optional-items';
import type { Component } from '../../component/component';
import { linuxStep } from '../../component/linux/script';
import type { Step } from '../../component/step';
import { InvalidInputError } from '../../private/errors';
import { entry } from '../entry';

/** Options of `LinuxBaseline.optionalHardening`. */
export interface LinuxOptionalHardeningOptions {
  /** What is set, by the ids of `docs/guides/hardening.md`, "Optional items", such as `LIN-MNT-1`. */
  readonly items: string[];
}

const ALL = { mounts: MOUNTS, lockout: LOCKOUT, audit: AUDIT_DAEMON, integrity: INTEGRITY };

/** The component of `LinuxBaseline.optionalHardening`. */
export function linuxOptional({ items }: LinuxOptionalHardeningOptions): Component {
  const asked = <T extends { id: string }>(each: T[]): T[] => each.filter(({ id }) => items.includes(id));
  const [mounts, locks, audit, aide] = [asked(MOUNTS), asked(LOCKOUT), asked(AUDIT_DAEMON), asked(INTEGRITY).map(({ id }) => id)];
  const group = (each: unknown[], ...steps: Step[]): Step[] => (each.length === 0 ? [] : steps);
  const both = [...checkAuditDaemon(audit), ...checkLockout(locks), ...checkIntegrity(aide)];
  return entry('linux-optional-hardening', {
    description: 'Hardening of Linux that may stop what works',
    buildSteps: [
      announce(items),
      ...group(audit, ...auditPackages(), auditDaemon(audit)),
      ...group(locks, lockout(locks)),
      ...group(mounts, mountOptions(mounts)),
      ...group(aide, integrity()),
    ],
    validateSteps: [linuxStep('CheckOptional', () => [...BEGIN, ...checkMountTable(mounts), ...both, ...END])],
    testSteps: [linuxStep('CheckOptionalEffect', () => [...BEGIN, ...checkMounts(mounts), ...both, ...checkIntegrityRuns(aide), ...END])],
  });
}

/** Stands before all others. */
const announce = (items: string[]): Step => linuxStep('OptionalHardening', (scope) => {
  checkKnown(scope, Object.values(ALL).flatMap((each) => each.map(({ id }) => id)), items);
  checkSome(scope, items);
  return [`echo 'optional hardening: ${items.join(' ')}'`];
});

function checkSome(scope: Construct, items: string[]): void {
  if (items.length === 0) {
    throw new InvalidInputError(scope, {
      what: 'LinuxBaseline.optionalHardening has no items', expected: 'one or more ids, such as LIN-MNT-1', fix: 'name them, or leave the component out',
    });
  }
}
