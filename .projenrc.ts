import { awscdk, javascript } from 'projen';
import { addBoundaries } from './projenrc/boundaries';
import { addChecks } from './projenrc/checks';
import { addCommandLine } from './projenrc/command-line';
import { dependencies } from './projenrc/dependencies';
import { addHandlers } from './projenrc/handlers';
import { addLint, lintOptions } from './projenrc/lint';
import { addPackaging } from './projenrc/packaging';
import { addTests } from './projenrc/tests';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-golden-images',
  description: 'Patched base images, role images and the fleets that follow them, as AWS CDK constructs',
  author: 'The cdk-golden-images authors',
  authorAddress: 'maintainers@golden-images.invalid',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-golden-images/cdk-golden-images.git',
  license: 'Apache-2.0',
  copyrightOwner: 'The cdk-golden-images authors',
  keywords: ['ami', 'imagebuilder', 'golden-image', 'instance-refresh', 'packer', 'patching'],
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  minNodeVersion: '22.0.0',
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.3',
  cdkVersion: '2.276.0',
  constructsVersion: '10.8.1',
  ...dependencies,
  publishToPypi: { distName: 'cdk-golden-images', module: 'cdk_golden_images' },
  publishToMaven: {
    javaPackage: 'io.github.goldenimages.cdk',
    mavenGroupId: 'io.github.golden-images',
    mavenArtifactId: 'cdk-golden-images',
  },
  publishToNuget: { dotNetNamespace: 'GoldenImages.Cdk', packageId: 'GoldenImages.Cdk' },
  publishToGo: { moduleName: 'github.com/cdk-golden-images/cdk-golden-images-go' },
  docgen: true,
  release: false,
  github: false,
  sampleCode: false,
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  singletonLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,
  validateTsconfig: 'minimal' as never,
  tsconfig: { compilerOptions: { noUncheckedIndexedAccess: true, noImplicitOverride: true } },
  eslintOptions: lintOptions,
  gitignore: ['/assets/', '/golden-images/dist/', '/examples/**/cdk.out/', '/.tmp/', '*.tsbuildinfo', '/demo.json', '.jsii.tabl.json'],
  jestOptions: { updateSnapshot: javascript.UpdateSnapshot.NEVER },
});

addHandlers(project);
addCommandLine(project);
addTests(project);
addLint(project);
addBoundaries(project);
addPackaging(project);
addChecks(project);
project.synth();
