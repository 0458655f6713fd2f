/** The folders whose TypeScript is type-checked and linted. */
export const sourceFolders = ['src', 'test', 'golden-images/src', 'examples', 'bench', 'scripts', 'projenrc'];
