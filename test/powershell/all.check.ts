import { citrixChecks } from './citrix';
import { cleaningChecks } from './cleaning';
import { documentChecks } from './documents';
import { exitCodeChecks } from './exit-codes';
import { hardeningChecks } from './hardening';
import { lintChecks } from './lint';
import { packerChecks } from './packer';
import { PowerShell } from './pwsh';
import { quotingChecks } from './quoting';
import { secretChecks } from './secrets';
import { staticChecks } from './static';
import { sysprepChecks } from './sysprep';
import { systemChecks } from './system';
import { updateChecks } from './updates';
import { wingetChecks } from './winget';

/** All checks are in one file, so that one process of PowerShell does for all of them. */
let powershell: PowerShell;
const counts: Record<string, number> = {};
const count = (what: string, number: number): void => { counts[what] = (counts[what] ?? 0) + number; };

beforeAll(() => { powershell = new PowerShell(process.env.GOLDEN_IMAGES_PWSH!); });
afterAll(() => {
  powershell.close();
  process.stdout.write(`PowerShell: ${Object.entries(counts).map(([what, number]) => `${number} ${what}`).join(', ')}\n`);
});

const all = [
  staticChecks, lintChecks, exitCodeChecks, quotingChecks, secretChecks, systemChecks, hardeningChecks,
  documentChecks, updateChecks, citrixChecks, cleaningChecks, sysprepChecks, wingetChecks, packerChecks,
];
all.forEach((checks) => checks(() => powershell, count));
