import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CdkResult {
  readonly exitCode: number;
  readonly output: string;
}

export interface CdkCliProps {
  /** Where the local AWS answers. */
  readonly endpoint: string;
  /** What it signs with. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly account: string;
  readonly region: string;
  /** Folder from which the CLI runs. */
  readonly directory: string;
  /** The command that synthesizes the app. @default - as `cdk.json` of the directory says */
  readonly app?: string;
  /**
   * Whether each synth runs the validator that aws-cdk-lib carries. It takes several seconds.
   * @default - only the first run does
   */
  readonly validation?: boolean;
  /** Called with each line that the CLI prints. @default - lines are only collected */
  readonly onLine?: (line: string) => void;
}

/** Where there are process groups, the CLI gets one of its own: the app that it started ends with it. */
const OWN_GROUP = process.platform !== 'win32';

/** The directory has no command line of the AWS CDK. */
export class CdkCliMissing extends Error {
  public constructor(directory: string) {
    super(`no aws-cdk command line is installed in ${directory} or above; install it with: npm install --save-dev aws-cdk`);
  }
}

/** Where the command line of the AWS CDK lies that a directory's own packages install. */
export function resolveCdkCli(directory: string): string {
  try {
    return createRequire(join(directory, 'package.json')).resolve('aws-cdk/bin/cdk');
  } catch {
    throw new CdkCliMissing(directory);
  }
}

/** Runs the unmodified `cdk` command line against a local AWS. */
export class CdkCli {
  private readonly home = mkdtempSync(join(tmpdir(), 'golden-images-cdk-'));
  private child: ChildProcess | undefined;
  private validated = false;
  /** The assembly is what the next deploy would synthesize. */
  private synthesized = false;
  private closed = false;
  private ended: Promise<number> = Promise.resolve(0);

  public constructor(private readonly props: CdkCliProps) {}

  /** Where the last synth of the app lies, until this is closed. */
  public get assembly(): string {
    return join(this.home, 'cdk.out');
  }

  public async run(...args: string[]): Promise<CdkResult> {
    if (this.closed) throw new Error(`cdk ${args[0]} comes too late: this command line was closed`);
    // An account is bootstrapped without an app: run elsewhere, the CLI does not synthesize one to learn what it was told.
    const alone = args[0] === 'bootstrap';
    const app = alone ? [] : this.app(args[0]);
    const child = spawn(process.execPath, [resolveCdkCli(this.props.directory), ...args, ...app, '--output', this.assembly, '--no-notices', '--no-color', '--ci'], {
      cwd: alone ? this.home : this.props.directory,
      env: { ...this.environment(), ...(this.validates(alone) ? {} : { CDK_VALIDATION: 'false' }) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: OWN_GROUP,
    });
    this.child = child;
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
      chunk.toString().split('\n').filter((line) => line.trim()).forEach((line) => this.props.onLine?.(line));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    this.ended = new Promise<number>((done, failed) => {
      child.on('error', failed);
      child.on('close', (code) => done(code ?? 1));
    });
    const exitCode = await this.ended;
    this.child = undefined;
    this.synthesized = args[0] === 'synth' && exitCode === 0;
    return { exitCode, output };
  }

  /** A deploy right after a synth deploys what that wrote: nothing else was looked at. */
  private app(command: string | undefined): string[] {
    const app = command === 'deploy' && this.synthesized ? this.assembly : this.props.app;
    return app === undefined ? [] : ['--app', app];
  }

  private validates(alone: boolean): boolean {
    const validates = this.props.validation ?? !this.validated;
    if (!alone) this.validated = true;
    return validates;
  }

  /** Ends a run in progress and removes what the CLI wrote. */
  public async close(): Promise<void> {
    this.closed = true;
    kill(this.child);
    await this.ended.catch(() => undefined);
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Nothing of the caller's AWS configuration reaches the CLI: no profile, no credentials, no other endpoint. */
  private environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
    return {
      ...Object.fromEntries(inherited),
      HOME: this.home,
      // What the CLI and the app leave behind goes with the rest.
      TMPDIR: this.home,
      TMP: this.home,
      TEMP: this.home,
      AWS_ENDPOINT_URL: this.props.endpoint,
      AWS_ACCESS_KEY_ID: this.props.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: this.props.credentials.secretAccessKey,
      AWS_REGION: this.props.region,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DEFAULT_ACCOUNT: this.props.account,
      CDK_DEFAULT_REGION: this.props.region,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }
}

function kill(child: ChildProcess | undefined): void {
  if (child?.pid === undefined || child.exitCode !== null) return;
  try {
    if (OWN_GROUP) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}
