import type { awscdk } from 'projen';

/** Checks beside the tests; those that need more than Node and npm skip loudly. */
export function addChecks(project: awscdk.AwsCdkConstructLibrary): void {
  project.addTask('rosetta', {
    description: 'Every README example compiles',
    exec: 'jsii-rosetta extract --strict .',
  });
  project.addTask('notices', {
    description: 'Hold the notices of both packages to the code of others in their bundles (--write writes them)',
    exec: 'node scripts/notices.mjs',
    receiveArgs: true,
  });
  project.addTask('constraints', {
    description: 'Hold the local AWS to the constraints of botocore (needs Python and PyPI; --write takes them over)',
    exec: 'node scripts/constraints.mjs',
    receiveArgs: true,
  });
  project.addTask('differential', {
    description: 'Hold the local AWS and moto to the same calls (needs Python and PyPI): test/differential',
    exec: 'node scripts/differential.mjs',
    receiveArgs: true,
  });
  project.addTask('catalogue', {
    description: 'Build images of the catalogue in a Debian root, and in a machine that boots where qemu is, and ask the results (needs root, debootstrap and the mirrors of Debian; for the machine qemu-system-x86 and e2fsprogs; --require makes skipping an error)',
    exec: 'node scripts/catalogue.mjs',
    receiveArgs: true,
  });
  // Part of `npm test`: without a PowerShell it says so, and does nothing.
  project.testTask.spawn(project.addTask('powershell', {
    description: 'Parse, check and run the scripts for Windows on a real PowerShell (needs pwsh 7 with PSScriptAnalyzer, on the path or named by GOLDEN_IMAGES_PWSH; --require makes skipping an error)',
    exec: 'node scripts/powershell.mjs',
    receiveArgs: true,
  }));
  project.addTask('browser', {
    description: 'Open a page in a real browser that tries to use the local AWS (needs Chromium, on the path or named by GOLDEN_IMAGES_CHROMIUM; --require makes skipping an error)',
    exec: 'node scripts/browser.mjs',
    receiveArgs: true,
  });
  project.addTask('packer-oracle', {
    description: 'Hold the reader of Packer templates to Packer itself (Packer 1.6.6 and 1.9.4, each where it is): test/oracle',
    exec: 'node scripts/packer-oracle.mjs',
    receiveArgs: true,
  });
  project.addTask('packer-render', {
    description: 'Hold rendered templates to Packer, and build one over SSH in a Debian root (needs packer, root, debootstrap, the mirrors of Debian; --require makes skipping an error)',
    exec: 'node scripts/packer-render.mjs',
    receiveArgs: true,
  });
  project.addTask('surface', {
    description: 'Hold an app that uses all of the API to cfn-lint in five regions and to the packs of cdk-nag (needs Python and PyPI; --require makes skipping an error)',
    steps: [{ spawn: 'bundle' }, { exec: 'node scripts/surface.mjs', receiveArgs: true }],
  });
  // The excluded rule asks for `@aws-cdk/core.Duration`, the name that `aws-cdk-lib.Duration` had in version 1.
  project.addTask('awslint', { description: 'API rules of the CDK', exec: "awslint -x 'duration-prop-type:*'", env: { AWSLINT_BASE_CONSTRUCT: 'true' } });
  project.addTask('bench', { description: 'Sizes and times beside other ways to do the same: bench/README.md', exec: 'node bench/run.mjs' });
  const built = ['bundle', 'compile', 'command-line'].map((spawn) => ({ spawn }));
  project.addTask('consumer', {
    description: 'Install both packages into an app outside of the repository, synthesize and rehearse it (needs the npm registry)',
    steps: [...built, { exec: 'node scripts/consumer.mjs' }],
  });
  project.addTask('languages', {
    description: 'Generate the library for Python, Java, .NET and Go, build what has its tools here, synthesize a Python app (needs PyPI)',
    steps: [...built, { exec: 'node scripts/languages.mjs' }],
  });
}
