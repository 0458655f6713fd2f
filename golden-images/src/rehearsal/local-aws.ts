import { createServer, type WireServer } from '../wire/server';
import { CloudFormationService } from '../world/cloudformation/cloudformation';
import { LambdaService } from '../world/lambda/lambda';
import { allServices, World, type WorldProps } from '../world';
import { CdkCli } from './cdk-cli';

export interface AppProps {
  readonly directory: string;
  readonly app: string;
  readonly onLine?: (line: string) => void;
}

/** A local AWS that serves on 127.0.0.1, with virtual time in the hands of the caller. */
export class LocalAws {
  /** Starts the server on a free port. */
  public static async start(props: WorldProps = {}): Promise<LocalAws> {
    const world = new World(props);
    const services = allServices.map((service) => world.get(service));
    world.get(CloudFormationService).register(services);
    return new LocalAws(world, await createServer(world));
  }

  private readonly clis: CdkCli[] = [];
  private driver: Promise<void> | undefined;

  private constructor(public readonly world: World, private readonly server: WireServer) {
    const cloudFormation = world.get(CloudFormationService);
    // While a stack operation runs, virtual time passes by itself, so that the CLI's polling sees it end.
    cloudFormation.onStart(() => { this.driver ??= cloudFormation.drive().finally(() => { this.driver = undefined; }); });
  }

  public get url(): string {
    return this.server.url;
  }

  public cdk(props: AppProps): CdkCli {
    const cli = new CdkCli({ ...props, endpoint: this.url, account: this.world.account, region: this.world.region });
    this.clis.push(cli);
    return cli;
  }

  /** Lets virtual time pass until `condition` holds; false when `limit` milliseconds passed first. */
  public async until(condition: () => boolean | Promise<boolean>, limit: number): Promise<boolean> {
    const end = this.world.now + limit;
    while (!(await condition())) {
      const next = this.world.timeline.next;
      if (next === undefined || next > end) {
        await this.world.timeline.runUntil(end);
        return condition();
      }
      await this.world.timeline.step();
    }
    return true;
  }

  public async pass(milliseconds: number): Promise<void> {
    await this.world.timeline.runUntil(this.world.now + milliseconds);
  }

  public async close(): Promise<void> {
    this.clis.forEach((cli) => cli.close());
    await this.server.close();
    await this.world.get(LambdaService).close();
  }
}
