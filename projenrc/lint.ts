import type { awscdk } from 'projen';
import { sourceFolders } from './folders';

/** The task `eslint` only tells, so that a checkout stays as it was committed; `lint:fix` writes. */
export const lintOptions = {
  dirs: [...sourceFolders, '.projenrc.ts'],
  devdirs: [],
  fileExtensions: ['.ts', '.mjs', '.cjs'],
  commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  tsconfigPath: './tsconfig.all.json',
};

export function addLint(project: awscdk.AwsCdkConstructLibrary): void {
  const eslint = project.eslint!;
  // One project for all files: the command line and the examples lie outside of the library's own.
  eslint.config.parserOptions = { ecmaVersion: 2022, sourceType: 'module', project: './tsconfig.all.json' };
  eslint.addRules({
    'import/no-extraneous-dependencies': ['error', {
      devDependencies: ['**/test/**', '**/src/runtime/**', '**/golden-images/**', '**/examples/**', '**/bench/**', '**/scripts/**', '**/projenrc/**', '.projenrc.ts'],
      optionalDependencies: false,
      peerDependencies: true,
      packageDir: ['.'],
    }],
  });
  // What runs over texts of users must not take time that grows faster than they do. Patterns that begin where they are put have no search.
  eslint.addPlugins('regexp');
  eslint.addOverride({
    files: ['src/component/**', 'src/packer/**', 'golden-images/src/{assembly,components,packer,render}/**'],
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'certain' }],
      'regexp/no-super-linear-move': ['error', { report: 'certain', ignoreSticky: true }],
    },
  } as never);
  // Plain scripts belong to no TypeScript project: the rules that ask for types cannot read them.
  eslint.addOverride({
    files: ['*.mjs', '*.cjs'],
    parserOptions: { project: null },
    rules: Object.fromEntries(['no-floating-promises', 'return-await', 'no-require-imports'].map((rule) => [`@typescript-eslint/${rule}`, 'off'])),
  } as never);
  eslint.addIgnorePattern('cdk.out');
  project.addTask('lint:fix', {
    description: 'Lint, and mend what can be mended without thought',
    steps: [{ spawn: 'eslint', args: ['--fix'] }],
  });
}
