import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface CdkJson {
  readonly toolkitStackName?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** `cdk.json` cannot be understood. */
export class UnreadableCdkJson extends Error {}

/** What an app's `cdk.json` says of the bootstrap stack, as options of `cdk bootstrap`: it runs outside of the app's folder. */
export function bootstrapOptions(directory: string): string[] {
  const file = join(directory, 'cdk.json');
  if (!existsSync(file)) return [];
  const { toolkitStackName, context } = read(file);
  const qualifier = context?.['@aws-cdk/core:bootstrapQualifier'];
  return [
    ...(toolkitStackName !== undefined ? ['--toolkit-stack-name', toolkitStackName] : []),
    ...(typeof qualifier === 'string' ? ['--qualifier', qualifier] : []),
  ];
}

function read(file: string): CdkJson {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UnreadableCdkJson(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw new UnreadableCdkJson(`${file} must hold a JSON object`);
}
