import { runDocumentOn } from './machine';
import type { PowerShell } from './pwsh';
import { scriptsIn } from './samples';
import { server2025, type World } from './world';
import { WindowsBaseline } from '../../src/catalog';
import { ACCOUNT_SETTINGS, AUDIT_SETTINGS, REGISTRY_SETTINGS } from '../../src/catalog/baseline/windows-cis-items';
import { documentOf } from '../catalog/windows-support';

type Values = Record<string, number>;

/** The account policies of a fresh Windows Server, and so each weaker than an item asks for. */
const FRESH: Values = {
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
};

export const hardeningChecks = (powershell: () => PowerShell, count: (what: string, number: number) => void): void => describe('hardening', () => {
  const document = documentOf(WindowsBaseline.cis());
  const checks = scriptsIn(document).filter(([name]) => /CheckHardening/.test(name)).map(([, text]) => text);
  let hardened: World;

  /** What the check says of a machine: ids of the items that are not as set. */
  async function foundOn(world: World): Promise<string[]> {
    await powershell().reset(world);
    const { exitCode, failure } = await powershell().run(checks[0]!);
    expect(exitCode).toBe(failure === null ? 0 : 1);
    return [...`${failure ?? ''}`.matchAll(/WIN-[A-Z]+-\d+/g)].map(([id]) => id);
  }
  const state = async (): Promise<World> => ({
    ...server2025(), Accounts: await powershell().state('Accounts'), Audit: await powershell().state('Audit'), Registry: await powershell().state('Registry'),
  });

  beforeAll(async () => {
    const others = Object.fromEntries(AUDIT_SETTINGS.map(({ subcategory }) => [subcategory, 0]));
    const fresh = { ...server2025(), Accounts: { ...FRESH, NewAdministratorName: 0 }, Audit: { ...others, '0CCE9999-69AE-11D9-BED3-505054503030': 0 } };
    const { status, lines } = await runDocumentOn(powershell(), fresh, document, ['build', 'validate', 'test']);
    expect([status, lines.filter((line) => line.includes('failed'))]).toEqual(['Success', []]);
    hardened = await state();
  });

  test('makes a fresh Windows as it promises; the same check proves it on the build instance and on an instance of the image', async () => {
    expect(new Set(checks).size).toBe(1);
    expect(checks).toHaveLength(2);
    expect(await foundOn(hardened)).toEqual([]);
  });

  test('says of a fresh Windows that no item is as set', async () => {
    const all = [...REGISTRY_SETTINGS, ...AUDIT_SETTINGS, ...ACCOUNT_SETTINGS].map(({ id }) => id).sort();
    const Audit = Object.fromEntries(AUDIT_SETTINGS.map(({ subcategory }) => [subcategory, 0]));
    expect((await foundOn({ ...server2025(), Accounts: FRESH, Audit })).sort()).toEqual(all);
  });

  test.each(REGISTRY_SETTINGS.map((item) => [item.id, item] as const))('%s is noticed where it alone is wrong', async (id, { path, name, value }) => {
    const Registry = hardened.Registry!;
    const { [name]: _, ...without } = Registry[path]!;
    expect(await foundOn({ ...hardened, Registry: { ...Registry, [path]: without } })).toEqual([id]);
    expect(await foundOn({ ...hardened, Registry: { ...Registry, [path]: { ...without, [name]: value === 0 ? 1 : 0 } } })).toEqual([id]);
    count('items', 1);
  });

  test.each(AUDIT_SETTINGS.map((item) => [item.id, item] as const))('%s is noticed where it alone is wrong', async (id, { subcategory, value }) => {
    for (const weaker of { 1: [0, 2], 2: [0, 1], 3: [0, 1, 2] }[value]) {
      expect([weaker, await foundOn({ ...hardened, Audit: { ...hardened.Audit, [subcategory]: weaker } })]).toEqual([weaker, [id]]);
    }
    count('items', 1);
  });

  test.each(ACCOUNT_SETTINGS.map((item) => [item.id, item] as const))('%s is noticed where it alone is wrong', async (id, { name }) => {
    expect(await foundOn({ ...hardened, Accounts: { ...hardened.Accounts, [name]: FRESH[name]! } })).toEqual([id]);
    count('items', 1);
  });
});
