import { JsonFile, type awscdk } from 'projen';
import { sourceFolders } from './folders';

/** Tests are transpiled, not type-checked, by swc: the compiler has its own task, `typecheck`, which `test` runs first. */
export function addTests(project: awscdk.AwsCdkConstructLibrary): void {
  const jest = project.jest!;
  jest.config.preset = undefined;
  jest.config.transform = { '^.+\\.[jt]sx?$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } } }] };
  jest.config.testMatch = ['<rootDir>/test/**/*.test.ts'];
  // It is published as modules only.
  jest.config.transformIgnorePatterns = ['/node_modules/(?!unbash/)'];
  // Examples name the library as its users do.
  jest.config.moduleNameMapper = { '^cdk-golden-images$': '<rootDir>/src' };
  jest.config.runtime = '<rootDir>/test/run/runtime.cjs';
  jest.config.globalSetup = '<rootDir>/test/run/begin.ts';
  jest.config.globalTeardown = '<rootDir>/test/run/end.ts';
  // It ends what hangs. How fast the machine is decides no test.
  jest.config.testTimeout = 600_000;
  jest.config.maxWorkers = 2;
  // Each suite leaves copies of its modules behind, all but aws-cdk-lib: a worker that holds many of them spends its time collecting garbage.
  jest.config.workerIdleMemoryLimit = '1GB';
  jest.config.coverageReporters = ['text-summary'];
  jest.config.collectCoverage = false;
  project.package.addField('type', 'commonjs');
  const typecheck = project.addTask('typecheck', {
    description: 'Type-check everything, tests and the command line too',
    exec: 'tsc -p tsconfig.all.json',
  });
  project.testTask.reset();
  project.testTask.spawn(project.tasks.tryFind('bundle')!);
  project.testTask.spawn(typecheck);
  project.testTask.exec('jest --passWithNoTests=false', { receiveArgs: true });
  project.testTask.spawn(project.tasks.tryFind('eslint')!);
  project.addTask('soak', {
    description: 'The properties with random seeds, for as long as SOAK_RUNS says',
    exec: 'jest test/properties',
    env: { SOAK: '1' },
  });
  new JsonFile(project, 'tsconfig.all.json', {
    obj: {
      extends: './tsconfig.json',
      compilerOptions: { noEmit: true, rootDir: '.', module: 'node20', moduleResolution: 'node16', incremental: true, tsBuildInfoFile: '.tmp/all.tsbuildinfo', paths: { 'cdk-golden-images': ['./src/index.ts'] } },
      include: ['.projenrc.ts', ...sourceFolders.map((folder) => `${folder}/**/*.ts`)],
      exclude: ['**/node_modules', '**/cdk.out'],
    },
  });
}
