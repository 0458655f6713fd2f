import type { AmiLookup, ControllerMessage, RegistryDocument } from '../contract';
import type { BuildDetails, SeenBuild } from './domain/image';
import type { AmiCandidate } from './domain/lookup';
import type { SeenAmi } from './domain/registration';

/** Milliseconds since 1970. */
export interface Clock {
  now(): number;
}

export interface LedgerRecord<T> {
  readonly document: T | undefined;
  /** 0 when there is no record yet. */
  readonly revision: number;
}

/** Durable memory of the controllers. Every write is conditional on the revision that was read. */
export interface Ledger {
  /** `tableArn`: of another stack's ledger, which only tells; absent for the own one. */
  read<T>(key: string, tableArn?: string): Promise<LedgerRecord<T>>;
  /** Throws `ConflictError` when the record is no longer at `expectedRevision`. Gives the new revision. */
  write<T>(key: string, document: T, expectedRevision: number): Promise<number>;
  /** Takes the lease of a key; undefined when somebody else holds it. */
  acquire(key: string, seconds: number): Promise<Lease | undefined>;
}

export interface Lease {
  /** Whether the lease is still ours; checked before a pointer is written. */
  held(): Promise<boolean>;
  release(): Promise<void>;
}

export class ConflictError extends Error {
  public constructor(key: string, expected: number) {
    super(`the record ${key} is no longer at revision ${expected}`);
    this.name = 'ConflictError';
  }
}

/** AWS refused a request for what it says; asking again changes nothing until somebody changes the world. */
export class RefusedError extends Error {
  /** `code`: the name under which AWS refused, where it gave one. */
  public constructor(message: string, public readonly code?: string) {
    super(message);
    this.name = 'RefusedError';
  }
}

/** A failure that says "look again later", never a verdict on an image: throttles, contention, eventual consistency. */
export class TransientError extends Error {
  public constructor(message: string, public readonly retryAfterSeconds = 30) {
    super(message);
    this.name = 'TransientError';
  }
}

export interface Parameter {
  readonly value: string;
  readonly version: number;
  /** `text` or `aws:ec2:image`, where AWS says it. */
  readonly dataType?: string;
}

/** SSM Parameter Store. */
export interface Parameters {
  get(name: string): Promise<Parameter | undefined>;
  /**
   * Writes. A text is read back: throws `TransientError` while it is not there. Of an `aws:ec2:image` AWS answers before it has validated the
   * value: whether it was written is for a later `get` to say.
   */
  put(name: string, value: string, dataType: 'text' | 'aws:ec2:image'): Promise<void>;
  remove(name: string): Promise<void>;
}

/** Parameters that are created where they are absent. */
export interface SeededParameters extends Parameters {
  /** Asks for an `aws:ec2:image` parameter where there is none, and overwrites none. AWS answers before it has validated the AMI: `get` tells. */
  create(name: string, ami: string): Promise<void>;
}

export interface Queue {
  /** Asks for another look at a key in `seconds` (at most 900). */
  lookAgain(message: ControllerMessage, seconds: number): Promise<void>;
}

/** Keeps the looks that are asked for from multiplying: each event and each sweep would otherwise begin a chain of its own. */
export interface Looks {
  /** Whether a look at `key` at that time (milliseconds since 1970) is news; false when one that comes earlier is already on its way. */
  claim(key: string, at: number): Promise<boolean>;
}

/** `settled`: as a good deploy left it, also after a rollback; `failed`: stopped half-way, so that its intent may be withdrawn. */
export type StackState = 'settled' | 'failed' | 'in-progress' | 'rolling-back' | 'deleting' | 'gone';

export interface Stacks {
  state(stackId: string): Promise<StackState>;
}

/** The operation that a stack is in, or was in last. */
export interface StackOperation {
  readonly state: StackState;
  /** ISO 8601, UTC; absent where the stack is gone. */
  readonly began?: string;
}

export interface StackOperations {
  operation(stackId: string): Promise<StackOperation>;
}

/** Structured log lines, one JSON object each. */
export interface Log {
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
  /** An error that lasts until an operator ends it. It is said again at every look, and counted: so an alarm tells of it, and clears with it. */
  alert(event: string, fields?: Record<string, unknown>): void;
  /** Something was left undone because of the pause: counted, with an alarm of its own. */
  paused(fields?: Record<string, unknown>): void;
}

/** What every controller has. */
export interface ControllerPorts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly parameters: Parameters;
  readonly stacks: Stacks;
  readonly log: Log;
}

/** One look at one key, under its lease. The engine takes the lease, the pause and the registry beforehand. */
export type Reconcile<Intent, Ports extends ControllerPorts> = (
  intent: Intent,
  registry: RegistryDocument,
  lease: Lease,
  ports: Ports,
) => Promise<Look>;

export interface Look {
  /** Absent: nothing is unfinished, wait for an event or the sweep. */
  readonly lookAgainSeconds?: number;
}

/** EC2 Image Builder, and EC2 for what is true of its AMIs. */
export interface Images {
  /** Every build of a pipeline that is listed, in no order; undefined when the pipeline does not exist. */
  builds(pipelineArn: string): Promise<SeenBuild[] | undefined>;
  details(buildArn: string): Promise<BuildDetails>;
  /** Starts a build; the same token gives the same build. Undefined when the service does not say which build it is. */
  start(pipelineArn: string, token: string): Promise<string | undefined>;
}

/** What the image controller has. */
export interface ImagePorts extends ControllerPorts {
  readonly candidates: AmiCandidates;
  readonly images: Images;
  readonly queue: Queue;
  /** The region in which all of this runs. */
  readonly region: string;
}

/** AMIs, as this account sees them. */
export interface Amis {
  /** The account that asks. */
  readonly account: string;
  /** Undefined when it does not exist, or is not shared with us. */
  find(region: string, id: string): Promise<SeenAmi | undefined>;
  /** Asks for a copy within a region, and gives its id; the same token gives the same copy. */
  copy(region: string, request: AmiCopyRequest): Promise<string>;
}

export interface AmiCopyRequest {
  readonly sourceAmi: string;
  readonly name: string;
  /** Value of the tag that marks what is ours. */
  readonly owner: string;
  readonly token: string;
}

/** A build of AWS CodeBuild. */
export interface ProjectBuild {
  readonly arn: string;
  readonly projectName: string;
  readonly number: number;
  readonly status: 'in-flight' | 'succeeded' | 'failed';
  readonly reason?: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Whether a controller started it. */
  readonly ours: boolean;
}

/** AWS CodeBuild. */
export interface ProjectBuilds {
  find(buildArn: string): Promise<ProjectBuild | undefined>;
  /** The newest builds of a project; undefined when it does not exist. */
  of(projectName: string): Promise<ProjectBuild[] | undefined>;
  /** Starts a build; the same token gives the same build. */
  start(projectName: string, token: string): Promise<string>;
}

/** What registering takes. */
export interface RegisterPorts extends Pick<ControllerPorts, 'clock' | 'ledger' | 'log'> {
  readonly amis: Amis;
  readonly builds: Pick<ProjectBuilds, 'find'>;
  readonly queue: Queue;
}

/** What the engine has. */
export interface EnginePorts extends ControllerPorts {
  readonly queue: Queue;
  /** Looks of a sweep: nobody waits for them. */
  readonly sweeps: Queue;
  readonly looks: Looks;
}

/** AMIs by owner and name. */
export interface AmiCandidates {
  /** All available ones that match, in no order; deprecated ones may be among them, and are with `deprecated`. */
  matching(lookup: AmiLookup, options?: { readonly deprecated: boolean }): Promise<AmiCandidate[]>;
}

/** AMIs of Image Builder images that are not ours. */
export interface ParentAmis {
  /** The newest AMI of an image in this region; the ARN may end in `x.x.x`. */
  ofImage(arn: string): Promise<string | undefined>;
}

export interface References {
  /** ARNs or ids of launch templates and recipes that read a parameter; throws when that cannot be told. */
  of(parameterName: string): Promise<string[]>;
}

/** What removing parameters takes. */
export interface CleanUpPorts extends ControllerPorts {
  readonly references: References;
}

/** AMIs in this account and region. */
export interface MachineImages {
  /** Those of them that exist and are available. */
  usable(amis: readonly string[]): Promise<string[]>;
}

/** What the seed has. */
export interface SeedPorts extends CleanUpPorts {
  readonly candidates: AmiCandidates;
  readonly machineImages: MachineImages;
  readonly parameters: SeededParameters;
  readonly wait: (seconds: number) => Promise<void>;
  readonly parentAmis: ParentAmis;
  readonly region: string;
}

/** A document of a schema that this version does not know; nothing was written. */
export class SchemaVersionError extends Error {
  public constructor(what: string, found: number, known: number) {
    super(`${what} has schema version ${found}; this version knows ${known - 1} and ${known}`);
    this.name = 'SchemaVersionError';
  }
}
