import { execFileSync } from 'node:child_process';

/** What a fresh Node process prints, as JSON. The validator of aws-cdk-lib would cost every side the same seconds. */
export function fresh<T>(...args: string[]): T {
  const env = { ...process.env, CDK_VALIDATION: 'false' };
  return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as T;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
