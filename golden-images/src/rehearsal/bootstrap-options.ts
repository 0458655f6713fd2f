import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface CdkJson {
  readonly toolkitStackName?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** What an app's `cdk.json` says of the bootstrap stack, as options of `cdk bootstrap`: it runs outside of the app's folder. */
export function bootstrapOptions(directory: string): string[] {
  const file = join(directory, 'cdk.json');
  if (!existsSync(file)) return [];
  const { toolkitStackName, context } = JSON.parse(readFileSync(file, 'utf8')) as CdkJson;
  const qualifier = context?.['@aws-cdk/core:bootstrapQualifier'];
  return [
    ...(toolkitStackName !== undefined ? ['--toolkit-stack-name', toolkitStackName] : []),
    ...(typeof qualifier === 'string' ? ['--qualifier', qualifier] : []),
  ];
}
