import { dirname, sep } from 'node:path';

/** Where this package lies: `lib` when published, `src` in the repository. */
const LIBRARY = dirname(__dirname) + sep;
const NOT_THE_USERS = [LIBRARY, 'node:', `${sep}node_modules${sep}aws-cdk-lib${sep}`, `${sep}node_modules${sep}constructs${sep}`];
const isFrame = (line: string): boolean => /^ {4}at /.test(line);
const isUsers = (line: string): boolean => line.includes(sep) && !NOT_THE_USERS.some((part) => line.includes(part));

/**
 * Leaves an error the lines of its stack that lie in the user's code. All stay where none of them does, or where `cdk --debug` asks for them
 * (it sets `CDK_DEBUG`, which aws-cdk-lib reads in the same way).
 */
export function keepOwnFrames(error: Error): void {
  if (/^(?:1|on|true)$/i.test(process.env.CDK_DEBUG ?? '')) { return; }
  const limit = Error.stackTraceLimit;
  // The user's line may lie deeper than ten.
  Error.stackTraceLimit = Math.max(limit, 100);
  Error.captureStackTrace(error);
  Error.stackTraceLimit = limit;
  const lines = error.stack?.split('\n') ?? [];
  if (!lines.some((line) => isFrame(line) && isUsers(line))) { return; }
  error.stack = [...lines.filter((line) => !isFrame(line)), ...lines.filter((line) => isFrame(line) && isUsers(line)).slice(0, limit)].join('\n');
}
