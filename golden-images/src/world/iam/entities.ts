import { createHash } from 'node:crypto';
import { AwsError } from '../kernel';

/** What every named thing of IAM has. */
export interface Entity {
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly arn: string;
  readonly createdAt: number;
}

export interface Role extends Entity {
  trust: unknown;
  description?: string;
  maxSessionDuration: number;
  permissionsBoundary?: string;
  readonly attached: Set<string>;
  readonly inline: Map<string, unknown>;
  tags: ReadonlyArray<{ Key: string; Value: string }>;
}

export interface ManagedPolicy extends Entity {
  document: unknown;
  description?: string;
}

export interface InstanceProfile extends Entity {
  roles: string[];
}

/** The entities of one kind, by name, which is unique in the account whatever the path. */
export class Entities<T extends Entity> {
  private readonly byName = new Map<string, T>();

  public constructor(
    private readonly account: string, private readonly kind: string, private readonly idPrefix: string, private readonly maximum: number,
  ) {}

  public all(): T[] {
    return [...this.byName.values()];
  }

  public find(name: string): T | undefined {
    return this.byName.get(name);
  }

  public byArn(arn: string): T | undefined {
    return this.all().find((entity) => entity.arn === arn);
  }

  public required(name: string): T {
    const entity = this.byName.get(name);
    if (!entity) throw new AwsError('NoSuchEntity', `The ${this.kind} with name ${name} cannot be found.`, 404);
    return entity;
  }

  public add(name: string, path: string | undefined, now: number, rest: Omit<T, keyof Entity>): T {
    if (!/^[\w+=,.@-]+$/.test(name) || name.length > this.maximum) {
      throw new AwsError('ValidationError', `The name ${name} of a ${this.kind} must have at most ${this.maximum} letters, digits or +=,.@-_`);
    }
    if (path !== undefined && !/^\/([\x21-\x7e]+\/)?$/.test(path)) throw new AwsError('ValidationError', `The path ${path} must begin and end with /`);
    if (this.byName.has(name)) throw new AwsError('EntityAlreadyExists', `${this.kind} with name ${name} already exists.`, 409);
    const at = path ?? '/';
    const id = this.idPrefix + createHash('sha256').update(`${this.kind} ${name}`).digest('hex').slice(0, 17).toUpperCase();
    const entity = { ...rest, name, id, path: at, arn: `arn:aws:iam::${this.account}:${this.kind}${at}${name}`, createdAt: now } as T;
    this.byName.set(name, entity);
    return entity;
  }

  public remove(name: string): void {
    this.required(name);
    this.byName.delete(name);
  }
}
