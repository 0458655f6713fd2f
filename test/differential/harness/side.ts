import type { Call } from './step';
import { clientPackages } from '../../../golden-images/src/wire/clients';

/** What came of a call: its output, or the code of its error. */
export type Outcome = { readonly output: Record<string, unknown> } | { readonly error: string; readonly message: string };

/** One of the two implementations that are held to the same calls. */
export interface Side {
  readonly name: string;
  /** What a scenario starts from: `{ image: 'ami-…' }`, an image of another account. */
  readonly facts: Readonly<Record<string, string>>;
  call(step: Call, input: object): Promise<Outcome>;
  wait(seconds: number): Promise<void>;
  close(): Promise<void>;
}

interface Client {
  send(command: object): Promise<Record<string, unknown>>;
  destroy(): void;
}

/** Real SDK clients of one endpoint, made at first use. */
export class Clients {
  private readonly clients = new Map<string, { client: Client; commands: Record<string, new (input: object) => object> }>();

  public constructor(private readonly endpoint: string, private readonly credentials = { accessKeyId: 'test', secretAccessKey: 'test' }) {}

  public async call(step: Call, input: object): Promise<Outcome> {
    const [service, operation] = step.call.split(':') as [string, string];
    const { client, commands } = await this.client(service);
    const command = commands[`${operation}Command`];
    if (!command) throw new Error(`${step.call}: the SDK knows no such operation`);
    try {
      const { $metadata: _metadata, ...output } = await client.send(new command(input));
      return { output };
    } catch (error) {
      const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      if ($metadata?.httpStatusCode === undefined) throw error;
      return { error: name, message };
    }
  }

  public destroy(): void {
    this.clients.forEach(({ client }) => client.destroy());
  }

  private async client(service: string): Promise<{ client: Client; commands: Record<string, new (input: object) => object> }> {
    const known = this.clients.get(service);
    if (known) return known;
    const commands = await clientPackages[service]!.load() as Record<string, new (input: object) => object>;
    const name = Object.keys(commands).find((each) => /^[A-Z].*Client$/.test(each) && each !== '__Client')!;
    const type = commands[name] as unknown as new (config: object) => Client;
    const client = new type({ endpoint: this.endpoint, region: 'eu-central-1', credentials: this.credentials, maxAttempts: 1 });
    this.clients.set(service, { client, commands });
    return { client, commands };
  }
}
