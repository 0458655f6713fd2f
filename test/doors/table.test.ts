import { execFileSync } from 'node:child_process';

test('the table of what public functions take is what the public API says', () => {
  expect(() => execFileSync(process.execPath, ['scripts/doors.mjs'], { stdio: 'pipe' })).not.toThrow();
});
