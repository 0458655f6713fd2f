import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CdkResult {
  readonly exitCode: number;
  readonly output: string;
}

export interface CdkCliProps {
  /** Where the local AWS answers. */
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  /** Folder from which the CLI runs. */
  readonly directory: string;
  /** The command that synthesises the app. */
  readonly app: string;
  /** Called with each line that the CLI prints. @default - lines are only collected */
  readonly onLine?: (line: string) => void;
}

/** Runs the unmodified `cdk` command line against a local AWS. */
export class CdkCli {
  private readonly home = mkdtempSync(join(tmpdir(), 'golden-images-cdk-'));
  private child: ChildProcess | undefined;

  public constructor(private readonly props: CdkCliProps) {}

  public async run(...args: string[]): Promise<CdkResult> {
    const cli = require.resolve('aws-cdk/bin/cdk', { paths: [this.props.directory] });
    const child = spawn(process.execPath, [cli, ...args, '--app', this.props.app, '--output', join(this.home, 'cdk.out'), '--no-notices', '--no-color', '--ci'], {
      cwd: this.props.directory,
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
      chunk.toString().split('\n').filter((line) => line.trim()).forEach((line) => this.props.onLine?.(line));
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const exitCode = await new Promise<number>((done, failed) => {
      child.on('error', failed);
      child.on('close', (code) => done(code ?? 1));
    });
    this.child = undefined;
    return { exitCode, output };
  }

  /** Ends a run in progress and removes what the CLI wrote. */
  public close(): void {
    this.child?.kill('SIGKILL');
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Nothing of the caller's AWS configuration reaches the CLI: no profile, no credentials, no other endpoint. */
  private environment(): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
    return {
      ...Object.fromEntries(inherited),
      HOME: this.home,
      AWS_ENDPOINT_URL: this.props.endpoint,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: this.props.region,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DEFAULT_ACCOUNT: this.props.account,
      CDK_DEFAULT_REGION: this.props.region,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    };
  }
}
