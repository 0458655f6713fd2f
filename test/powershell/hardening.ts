import { runDocumentOn } from './machine';
import type { PowerShell } from './pwsh';
import { scriptsIn } from './samples';
import { server2025, type World } from './world';
import { WindowsBaseline } from '../../src/catalog';
import {
  ACCOUNT_SETTINGS, AUDIT_SETTINGS, REGISTRY_SETTINGS, RIGHT_SETTINGS, type Rule,
} from '../../src/catalog/baseline/windows-cis-items';
import { documentOf } from '../catalog/windows-support';

type Value = string | number;
const ADMINISTRATORS = '*S-1-5-32-544';
const NO_AUDIT = Object.fromEntries(AUDIT_SETTINGS.map(({ subcategory }) => [subcategory, 0]));

/** The policies of a Windows that is weaker than each item asks for. */
const WEAK: World = {
  ...server2025(),
  Accounts: {
    MinimumPasswordLength: 0,
    PasswordComplexity: 0,
    PasswordHistorySize: 0,
    MaximumPasswordAge: -1,
    MinimumPasswordAge: 0,
    ClearTextPassword: 1,
    LockoutBadCount: 0,
    ResetLockoutCount: 1,
    LockoutDuration: 1,
    EnableGuestAccount: 1,
    AllowAdministratorLockout: 0,
  },
  Audit: { ...NO_AUDIT, '0CCE9999-69AE-11D9-BED3-505054503030': 0 },
  Rights: Object.fromEntries(RIGHT_SETTINGS.map(({ name, value }) => [name, value === '' ? ADMINISTRATORS : ''])),
};

/** A value that is worse than the one of an item, and those that are as good or better. */
function worse(value: Value, rule: Rule): Value {
  if (rule === 'le') return Number(value) + 1;
  if (rule.startsWith('in ')) return 97;
  return rule === 'eq' && value === 0 ? 1 : 0;
}
function asGood(value: Value, rule: Rule): Value[] {
  if (rule === 'ge') return [Number(value) + 1];
  if (rule === 'le') return [1];
  if (rule === 'lock') return [-1, Number(value) + 1];
  if (rule === 'bits') return [Number(value) + 512];
  return rule.startsWith('in ') ? rule.slice(3).split(' ').map(Number) : [value];
}

export const hardeningChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('hardening', () => {
  const document = documentOf(WindowsBaseline.cis());
  const [validate, tests] = scriptsIn(document).filter(([name]) => name.includes('CheckHardening')).map(([, text]) => text);
  let hardened: World;

  /** What the check says of a machine: ids of the items that are not as set. */
  async function foundOn(world: World, check = tests!): Promise<string[]> {
    await powershell().reset(world);
    const { exitCode, failure } = await powershell().run(check);
    expect(exitCode).toBe(failure === null ? 0 : 1);
    return [...new Set([...`${failure ?? ''}`.matchAll(/WIN-[A-Z]+-\d+/g)].map(([id]) => id))];
  }
  async function harden(world: World): Promise<World> {
    const { status, lines } = await runDocumentOn(powershell(), world, document, ['build', 'validate', 'test']);
    expect([status, status === 'Success' ? [] : lines]).toEqual(['Success', []]);
    const parts = ['Accounts', 'Audit', 'Rights', 'Registry', 'Services'];
    const states = await Promise.all(parts.map(async (part) => [part, await powershell().state(part)] as const));
    return { ...server2025(), ...Object.fromEntries(states) };
  }
  const registryWith = (path: string, name: string, value?: Value): World => {
    const { [name]: _, ...others } = hardened.Registry![path]!;
    return { ...hardened, Registry: { ...hardened.Registry, [path]: value === undefined ? others : { ...others, [name]: value } } };
  };

  beforeAll(async () => { hardened = await harden(WEAK); });

  test('makes a Windows as it promises, and proves it on the build instance and on an instance of the image', async () => {
    expect([await foundOn(hardened, validate), await foundOn(hardened)]).toEqual([[], []]);
  });

  test('says of a weak Windows that no item is as set', async () => {
    const all = [...REGISTRY_SETTINGS, ...AUDIT_SETTINGS, ...ACCOUNT_SETTINGS, ...RIGHT_SETTINGS].map(({ id }) => id).sort();
    expect((await foundOn(WEAK)).sort()).toEqual(all);
  });

  test('only ever tightens: what is stricter passes, and stays', async () => {
    const stricter = ({ value, rule }: { value: Value; rule: Rule }): Value => asGood(value, rule)[0]!;
    const Registry = { ...hardened.Registry };
    REGISTRY_SETTINGS.forEach((item) => { Registry[item.path] = { ...Registry[item.path], [item.name]: stricter(item) }; });
    const strict: World = {
      ...hardened,
      Registry,
      Booted: Registry,
      Accounts: Object.fromEntries(ACCOUNT_SETTINGS.map((item) => [item.name, Number(stricter(item))])),
      Audit: Object.fromEntries(AUDIT_SETTINGS.map(({ subcategory }) => [subcategory, 3])),
      Rights: Object.fromEntries(RIGHT_SETTINGS.filter(({ value }) => value !== '').map(({ name, value }) => [name, `*S-1-5-113,${value}`])),
    };
    const { Accounts, Audit, Rights, ...after } = await harden(strict);
    expect({ Accounts, Audit, Rights, Registry: after.Registry }).toEqual({
      Accounts: strict.Accounts, Audit: strict.Audit, Rights: strict.Rights, Registry,
    });
  });

  test('notices what is set and has no effect before a restart', async () => {
    expect((await foundOn({ ...hardened, Booted: {} })).sort()).toEqual(['WIN-LSA-7', 'WIN-SMB-1']);
  });

  test.each(REGISTRY_SETTINGS.map((item) => [item.id, item] as const))('%s is noticed where it alone is wrong', async (id, { path, name, value, rule }) => {
    expect(await foundOn(registryWith(path, name))).toEqual([id]);
    expect(await foundOn(registryWith(path, name, worse(value, rule)))).toEqual([id]);
    count('items', 1);
  });

  test.each(AUDIT_SETTINGS.map((item) => [item.id, item] as const))('%s is noticed where it alone is wrong', async (id, { subcategory, value }) => {
    for (const weaker of { 1: [0, 2], 2: [0, 1], 3: [0, 1, 2] }[value]) {
      expect([weaker, await foundOn({ ...hardened, Audit: { ...hardened.Audit, [subcategory]: weaker } })]).toEqual([weaker, [id]]);
    }
    count('items', 1);
  });

  test.each(ACCOUNT_SETTINGS.map((item) => [item.id, item] as const))('%s is noticed where it alone is wrong', async (id, { name }) => {
    expect(await foundOn({ ...hardened, Accounts: { ...hardened.Accounts, [name]: WEAK.Accounts![name]! } })).toEqual([id]);
    count('items', 1);
  });

  test.each(RIGHT_SETTINGS.map((item) => [item.id, item] as const))('%s is noticed where it alone is wrong', async (id, { name }) => {
    expect(await foundOn({ ...hardened, Rights: { ...hardened.Rights, [name]: WEAK.Rights![name]! } })).toEqual([id]);
    count('items', 1);
  });
});
