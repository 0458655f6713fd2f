import type { awscdk } from 'projen';

/** Bundles every `src/runtime/handlers/*.lambda.ts` into `assets/handlers/<name>/index.mjs` before the compiler runs. */
export function addHandlers(project: awscdk.AwsCdkConstructLibrary): void {
  const bundle = project.addTask('bundle', {
    description: 'Bundle the Lambda handlers to assets/ and print their sizes',
    exec: 'node scripts/bundle-handlers.mjs',
  });
  project.preCompileTask.spawn(bundle);
}
