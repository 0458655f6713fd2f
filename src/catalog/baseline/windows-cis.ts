import type { IConstruct } from 'constructs';
import { entry } from '../entry';
import { keptItems } from './excluded-items';
import { HardeningComponent } from './hardening-sets';
import {
  ACCOUNT_SETTINGS, AUDIT_SETTINGS, LOCKOUT_ITEMS, REGISTRY_SETTINGS, RIGHT_SETTINGS,
  type AccountSetting, type AuditSetting, type RegistrySetting, type RightSetting,
} from './windows-cis-items';
import { checkAudit, checkEffects, checkPolicies, checkRegistry, setAudit, setPolicies, setRegistry, TEST_VALUE } from './windows-cis-scripts';
import type { Component } from '../../component/component';
import type { Step } from '../../component/step/step';
import { rebootIfNeeded } from '../../component/windows/reboot-if-needed';
import { scriptActions, scriptStep, windowsStep } from '../../component/windows/windows-step';
import { InvalidInputError } from '../../private/errors';

/** Options of `WindowsBaseline.cis`. */
export interface WindowsCisOptions {
  /**
   * Items that are left out, by their ids in `docs/guides/hardening.md`, such as `WIN-RDP-4`. The items of the account lockout, `WIN-ACC-7`
   * to `WIN-ACC-9`, depend on each other and are left out together.
   *
   * @default - none
   */
  readonly excludedItems?: string[];
}

interface Settings {
  readonly registry: RegistrySetting[];
  readonly audit: AuditSetting[];
  readonly accounts: AccountSetting[];
  readonly rights: RightSetting[];
}

/** The component of `WindowsBaseline.cis`. */
export function windowsCis({ excludedItems = [] }: WindowsCisOptions): Component {
  const kept = <T extends { id: string }>(items: T[]): T[] => items.filter(({ id }) => !excludedItems.includes(id));
  const settings = { registry: kept(REGISTRY_SETTINGS), audit: kept(AUDIT_SETTINGS), accounts: kept(ACCOUNT_SETTINGS), rights: kept(RIGHT_SETTINGS) };
  return new HardeningComponent('WindowsBaseline.cis', entry('windows-cis', {
    description: 'Hardening of Windows Server in the manner of the CIS benchmarks',
    buildSteps: [apply(settings, excludedItems)],
    validateSteps: [checkAll(settings, 'validate')],
    testSteps: [checkAll(settings, 'test')],
  }));
}

/** What is left out is no step. Some of it works after a restart only, which so comes before the validation. */
function apply({ registry, audit, accounts, rights }: Settings, excluded: string[]): Step {
  return windowsStep('WindowsCis', (scope, bind) => {
    checkExcluded(scope, excluded);
    return [
      ...registry.length > 0 ? scriptActions(scope, bind, 'SetRegistry', [...TEST_VALUE, ...setRegistry(registry)]) : [],
      ...accounts.length + rights.length > 0 ? scriptActions(scope, bind, 'SecurityPolicy', [...TEST_VALUE, ...setPolicies(accounts, rights)]) : [],
      ...audit.length > 0 ? scriptActions(scope, bind, 'AuditPolicy', setAudit(audit)) : [],
      ...registry.length > 0 ? rebootIfNeeded() : [],
    ];
  });
}

const checkAll = ({ registry, accounts, rights, audit }: Settings, phase: 'validate' | 'test'): Step => scriptStep('CheckHardening', () => [
  '$wrong = @()',
  ...TEST_VALUE,
  ...checkRegistry(registry),
  ...accounts.length + rights.length > 0 ? checkPolicies(accounts, rights) : [],
  ...audit.length > 0 ? checkAudit(audit) : [],
  ...checkEffects(registry, phase),
  "if ($wrong.Count -gt 0) { throw ('not as set: ' + ($wrong -join '; ')) }",
]);

function checkExcluded(scope: IConstruct, excluded: string[]): void {
  keptItems(scope, [...REGISTRY_SETTINGS, ...AUDIT_SETTINGS, ...ACCOUNT_SETTINGS, ...RIGHT_SETTINGS].map(({ id }) => id), excluded);
  const missing = LOCKOUT_ITEMS.filter((id) => !excluded.includes(id));
  if (missing.length > 0 && missing.length < LOCKOUT_ITEMS.length) {
    throw new InvalidInputError(scope, {
      what: `of the items of the account lockout, which depend on each other, only some are excluded; not ${missing.join(', ')}`,
      expected: `all or none of ${LOCKOUT_ITEMS.join(', ')}`,
      fix: `exclude ${missing.join(', ')} too, or none`,
    });
  }
}
