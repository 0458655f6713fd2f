import { MemoryParameters } from './memory-ports';
import type { Clock, Parameter, SeededParameters } from '../../../src/runtime/ports';

interface Request {
  readonly name: string;
  readonly ami: string;
  readonly overwrites: boolean;
  readonly endsAt: number;
}

const none = (): number => 0;

/** Parameter Store as it is with `aws:ec2:image`: it answers, validates for a while, and writes then, or does not. */
export class ValidatingParameters extends MemoryParameters implements SeededParameters {
  /** Every request, in order. */
  public readonly asked: string[] = [];
  private requests: Request[] = [];

  /** `seconds`: what the validation of an AMI takes; never ending for one that is refused. */
  public constructor(private readonly clock: Clock, public seconds: (ami: string) => number = none) {
    super();
  }

  public override async get(name: string): Promise<Parameter | undefined> {
    await this.validated();
    return super.get(name);
  }

  public async create(name: string, ami: string): Promise<void> {
    this.ask(name, ami, false);
  }

  public override async put(name: string, value: string, dataType?: string): Promise<void> {
    if (dataType === 'aws:ec2:image') this.ask(name, value, true);
    else await super.put(name, value);
  }

  private ask(name: string, ami: string, overwrites: boolean): void {
    this.asked.push(`${name}=${ami}`);
    this.requests.push({ name, ami, overwrites, endsAt: this.clock.now() + this.seconds(ami) * 1000 });
  }

  private async validated(): Promise<void> {
    const now = this.clock.now();
    const due = this.requests.filter(({ endsAt }) => endsAt <= now).sort((a, b) => a.endsAt - b.endsAt);
    this.requests = this.requests.filter(({ endsAt }) => endsAt > now);
    for (const { name, ami, overwrites } of due) if (overwrites || !this.values.has(name)) await super.put(name, ami);
  }
}
