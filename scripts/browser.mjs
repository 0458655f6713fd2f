// A page in a real browser tries to use the local AWS of the developer who opened it: test/browser. Needs Chromium, on the path or named by
// GOLDEN_IMAGES_CHROMIUM; says so and does nothing without. With --require that is an error.
import { spawnSync } from 'node:child_process';

const names = process.env.GOLDEN_IMAGES_CHROMIUM ? [process.env.GOLDEN_IMAGES_CHROMIUM] : ['chromium', 'chromium-browser', 'google-chrome'];
const program = names.find((name) => spawnSync(name, ['--version']).status === 0);
if (!program) {
  console.log(`SKIPPED: no page in a browser tried the local AWS: there is none of ${names.join(', ')}; GOLDEN_IMAGES_CHROMIUM may name one`);
  process.exit(process.argv.includes('--require') ? 1 : 0);
}

const jest = ['jest', '--runInBand', '--testMatch', '<rootDir>/test/browser/all.check.ts', ...process.argv.slice(2).filter((each) => each !== '--require')];
process.exitCode = spawnSync('npx', jest, { stdio: 'inherit', env: { ...process.env, GOLDEN_IMAGES_CHROMIUM: program } }).status ?? 1;
