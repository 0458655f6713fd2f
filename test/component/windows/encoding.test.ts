import { scriptsOf } from './helpers';
import { programs, windows2025 } from './samples';

/** What the scripts do is shown by running them: test/powershell. */
test.each(Object.entries(programs))('scripts of %s can be read in any encoding, and no brace is taken for a reference', (_, { step }) => {
  scriptsOf(windows2025, step).forEach((script) => {
    expect(script).toMatch(/^[\x09\x0a\x20-\x7e]*$/);
    expect(script).not.toMatch(/\{\{|\}\}/);
  });
});
