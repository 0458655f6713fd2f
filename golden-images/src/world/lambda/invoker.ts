import { CloudWatchService } from '../cloudwatch';
import { IamService } from '../iam';
import { type World } from '../kernel';
import { LogsService } from '../logs';
import { handlerFile } from './code';
import { environmentOf, logGroupOf, type Version } from './function';
import { HandlerTime } from './handler-time';
import { Sandbox, type LogLine, type Outcome } from './sandbox';

export interface Invocation {
  /** What the handler returned, or the error in the shape that Lambda gives it. */
  readonly payload: unknown;
  readonly functionError?: 'Unhandled';
}

export interface FunctionLog {
  /** Virtual milliseconds since 1970. */
  readonly at: number;
  readonly requestId: string;
  readonly level: string;
  readonly text: string;
}

/** Runs versions of functions in sandboxes, keeps those warm, and records what they print and how they end. */
export class Invoker {
  public readonly logs = new Map<string, FunctionLog[]>();
  private readonly warm = new Map<Version, Sandbox[]>();
  private readonly running = new Set<Sandbox>();

  public constructor(private readonly world: World) {}

  /** `invokedArn` is how the caller named the function: with the qualifier that it gave, if it gave one. */
  public async invoke(version: Version, payload: unknown, invokedArn: string): Promise<Invocation> {
    const requestId = this.world.random.uuid();
    const sandbox = this.sandbox(version);
    this.running.add(sandbox);
    const time = new HandlerTime(this.world.timeline);
    const outcome = await sandbox.run(this.message(version, payload, requestId, invokedArn), time, (line) => this.log(version, requestId, line));
    this.running.delete(sandbox);
    const reusable = outcome.type === 'result' || outcome.type === 'error';
    if (reusable) this.warm.set(version, [...(this.warm.get(version) ?? []), sandbox]);
    else await sandbox.terminate();
    return this.ended(version, requestId, outcome);
  }

  /** Kills what is running now: each of these invocations ends as if its runtime had exited. */
  public async killRunning(): Promise<void> {
    await Promise.all([...this.running].map((sandbox) => sandbox.terminate()));
  }

  /** Ends the sandboxes of a version that is no more. */
  public async discard(version: Version): Promise<void> {
    const sandboxes = this.warm.get(version) ?? [];
    this.warm.delete(version);
    await Promise.all(sandboxes.map((sandbox) => sandbox.terminate()));
  }

  public async close(): Promise<void> {
    await this.killRunning();
    await Promise.all([...this.warm.keys()].map((version) => this.discard(version)));
  }

  /** A warm one that has not died since, else a new one. */
  private sandbox(version: Version): Sandbox {
    for (let warm = this.warm.get(version)?.pop(); warm; warm = this.warm.get(version)?.pop()) if (warm.alive) return warm;
    const { endpoint, door } = this.world;
    const setup = {
      functionName: version.functionName,
      ...handlerFile(version.folder, version.configuration.Handler),
      ...(door && endpoint !== undefined ? { door: new URL(endpoint).host } : {}),
    };
    return new Sandbox(setup, environmentOf(this.world, version), door);
  }

  private message(version: Version, payload: unknown, requestId: string, invokedArn: string): Parameters<Sandbox['run']>[0] {
    return {
      now: this.world.now,
      timeoutMs: Number(version.configuration.Timeout ?? 3) * 1000,
      seed: Math.floor(this.world.random.next() * 4294967296),
      event: JSON.stringify(payload ?? null),
      context: {
        functionName: version.functionName,
        functionVersion: version.version,
        invokedFunctionArn: invokedArn,
        memoryLimitInMB: String(version.configuration.MemorySize ?? 128),
        awsRequestId: requestId,
        logGroupName: logGroupOf(version),
        logStreamName: `[${version.version}]`,
      },
    };
  }

  private log(version: Version, requestId: string, line: Omit<LogLine, 'type'>): void {
    const lines = this.logs.get(version.functionName) ?? [];
    lines.push({ at: line.at, requestId, level: line.level, text: line.text });
    this.logs.set(version.functionName, lines);
    const group = logGroupOf(version);
    if (this.hasLogGroup(version, group)) this.world.get(LogsService).write(group, written(version, requestId, line));
  }

  /** One that is absent is made, where the role allows it; otherwise what is written is lost ("Sending Lambda function logs to CloudWatch Logs"). */
  private hasLogGroup({ configuration }: Version, group: string): boolean {
    const role = String(configuration.Role).split('/').at(-1)!;
    return this.world.get(LogsService).has(group) || this.world.get(IamService).mayCall(role, 'logs:CreateLogGroup');
  }

  private ended(version: Version, requestId: string, outcome: Outcome): Invocation {
    const failure = failureOf(version, requestId, outcome);
    this.count(version, 'Errors', failure ? 1 : 0);
    this.count(version, 'Invocations', 1);
    this.count(version, 'Duration', Math.max(0, outcome.at - this.world.now));
    if (!failure) return { payload: JSON.parse((outcome as { payload: string }).payload) };
    const text = JSON.stringify(failure);
    this.log(version, requestId, { at: outcome.at, level: 'ERROR', raw: false, text: `Invoke Error\t${text}` });
    this.world.log('lambda', `${version.functionName} failed: ${String(failure.errorMessage)}`, { requestId });
    return { payload: failure, functionError: 'Unhandled' };
  }

  /** Lambda counts by function alone as well as by resource; alarms look at the former. */
  public count(version: Version, metric: string, value: number): void {
    this.world.get(CloudWatchService).putMetric('AWS/Lambda', metric, [{ Name: 'FunctionName', Value: version.functionName }], value);
  }
}

/**
 * A line as Lambda writes it ("Configuring JSON and plain text log formats"): what goes to the standard output past the console is left
 * as it is; the console's lines get time, request and level, in the format of the function.
 */
function written(version: Version, requestId: string, { at, level, text, raw }: Omit<LogLine, 'type'>): string {
  if (raw) return text;
  const timestamp = new Date(at).toISOString();
  if (version.configuration.LoggingConfig?.LogFormat !== 'JSON') return `${timestamp}\t${requestId}\t${level}\t${text}`;
  return JSON.stringify({ timestamp, level, requestId, message: text });
}

function failureOf(version: Version, requestId: string, outcome: Outcome): Record<string, unknown> | undefined {
  switch (outcome.type) {
    case 'result': return undefined;
    case 'error':
    case 'crash': return JSON.parse(outcome.payload);
    case 'timeout': {
      const seconds = Number(version.configuration.Timeout ?? 3).toFixed(2);
      return { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds` };
    }
    case 'exit': return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 1` };
  }
}
