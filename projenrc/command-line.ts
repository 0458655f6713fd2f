import { JsonFile, type awscdk } from 'projen';

/** The second package: the command line with the local AWS in it, one bundled file without dependencies. */
export function addCommandLine(project: awscdk.AwsCdkConstructLibrary): void {
  const commandLine = project.addTask('command-line', {
    description: 'Bundle the golden-images command line with the local AWS',
    exec: 'node scripts/bundle-command-line.mjs',
  });
  project.postCompileTask.spawn(commandLine);
  project.addTask('demo', {
    description: 'Deploy the example into the local AWS and let weeks pass',
    exec: 'node scripts/demo.mjs',
    receiveArgs: true,
  });
  new JsonFile(project, 'golden-images/package.json', {
    obj: {
      name: 'golden-images',
      version: '0.0.0',
      description: 'Command line of cdk-golden-images, with a local AWS for rehearsals',
      license: 'Apache-2.0',
      bin: { 'golden-images': 'dist/golden-images.mjs' },
      files: ['dist', 'THIRD-PARTY-NOTICES'],
      engines: { node: '>= 22.0.0' },
      publishConfig: { access: 'public' },
    },
  });
}
