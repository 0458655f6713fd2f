import { documentRefusals } from '../components/lint';
import { createServer, type OwnPath, type RootCredentials, type WireServer } from '../wire/server';
import { allServices, World, type WorldProps } from '../world';
import { CdkCli } from './cdk-cli';
import { timePath } from './time-path';
import { CloudFormationService } from '../world/cloudformation/cloudformation';
import { ImageBuilderService } from '../world/image-builder/image-builder';
import { LambdaService } from '../world/lambda/lambda';

export interface LocalAwsProps extends WorldProps {
  /** @default - any free port */
  readonly port?: number;
}

export interface AppProps {
  readonly directory: string;
  /** The command that synthesizes the app. @default - as `cdk.json` of the directory says */
  readonly app?: string;
  readonly onLine?: (line: string) => void;
}

/** A local AWS that serves on 127.0.0.1, with virtual time in the hands of the caller. */
export class LocalAws {
  /** Starts the server. */
  public static async start(props: LocalAwsProps = {}): Promise<LocalAws> {
    const world = new World(props);
    const services = allServices.map((service) => world.get(service));
    world.get(CloudFormationService).register(services);
    world.get(ImageBuilderService).components.checkWith(documentRefusals);
    const ownPath: OwnPath = (request) => timePath(local, request);
    const server = await createServer(world, { ownPath, ...(props.port !== undefined ? { port: props.port } : {}) });
    const local = new LocalAws(world, server);
    return local;
  }

  private readonly clis: CdkCli[] = [];
  private failure: unknown;
  private closing: Promise<void> | undefined;

  private constructor(public readonly world: World, private readonly server: WireServer) {
    const cloudFormation = world.get(CloudFormationService);
    // While a stack operation runs, virtual time passes by itself, so that the CLI's polling sees it end.
    cloudFormation.onStart(() => void cloudFormation.drive().catch((error: unknown) => { this.failure ??= error; }));
  }

  public get url(): string {
    return this.server.url;
  }

  /** What clients sign with; made for this start alone. */
  public get credentials(): RootCredentials {
    return this.server.credentials;
  }

  public cdk(props: AppProps): CdkCli {
    const cli = new CdkCli({ ...props, endpoint: this.url, credentials: this.credentials, account: this.world.account, region: this.world.region });
    this.clis.push(cli);
    return cli;
  }

  /** Lets virtual time pass until `condition` holds; false when `limit` milliseconds passed first. */
  public async until(condition: () => boolean | Promise<boolean>, limit: number): Promise<boolean> {
    const end = this.world.now + limit;
    while (!(await condition())) {
      this.rethrow();
      if (!(await this.world.timeline.stepUntil(end))) return condition();
    }
    return true;
  }

  public async pass(milliseconds: number): Promise<void> {
    this.rethrow();
    await this.world.timeline.runUntil(this.world.now + milliseconds);
    this.rethrow();
  }

  /** Ends the server, the handlers and the command lines, and removes temporary files. */
  public close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    await Promise.all(this.clis.map((cli) => cli.close()));
    await this.server.close();
    await this.world.get(LambdaService).close();
  }

  /** A defect of the model that came up while nobody waited is told to the next one who does. */
  private rethrow(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined) throw failure;
  }
}
