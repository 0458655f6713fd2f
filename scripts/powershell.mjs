// Parses, checks and runs the scripts for Windows on a real PowerShell, in a simulated Windows: test/powershell. Needs pwsh 7 with
// PSScriptAnalyzer, on the path or named by GOLDEN_IMAGES_PWSH; says so and does nothing without. With --require that is an error.
import { spawnSync } from 'node:child_process';

const program = process.env.GOLDEN_IMAGES_PWSH || 'pwsh';
const ASK = '$PSVersionTable.PSVersion.Major; (Get-Module -ListAvailable PSScriptAnalyzer).Count';

/** Nothing is proven then. */
function skip(reason) {
  console.log(`SKIPPED: the scripts for Windows were NOT run on PowerShell: ${reason}`);
  process.exit(process.argv.includes('--require') ? 1 : 0);
}

const { status, stdout } = spawnSync(program, ['-NoProfile', '-NonInteractive', '-Command', ASK], { encoding: 'utf8' });
if (status !== 0) skip(`there is no ${program}; GOLDEN_IMAGES_PWSH may name one`);
const [major, analyzers] = stdout.trim().split(/\s+/).map(Number);
if (major < 7) skip(`${program} is older than PowerShell 7`);
if (analyzers < 1) skip(`${program} has no PSScriptAnalyzer`);

const jest = ['jest', '--runInBand', '--testMatch', '<rootDir>/test/powershell/all.check.ts', ...process.argv.slice(2).filter((each) => each !== '--require')];
const tests = spawnSync('npx', jest, { stdio: 'inherit', env: { ...process.env, GOLDEN_IMAGES_PWSH: program } });
console.log(`The scripts for Windows took ${(performance.now() / 1000).toFixed(0)} s.`);
process.exitCode = tests.status ?? 1;
