import { AwsError } from './errors';

interface CallFault {
  readonly service: string;
  readonly operation: string;
  readonly error: AwsError;
  remaining: number;
}

/** What goes wrong in this world, and when. Everything is off until asked for. */
export class Faults {
  private callFaults: CallFault[] = [];
  private killCountdown: number | undefined;
  private onKill: (() => void) | undefined;
  /** How the event bus treats the next events: each entry is consumed by one event. */
  public readonly events: Array<'lose' | 'double' | { delaySeconds: number }> = [];
  /** Recipes (by name, lower case) whose next builds yield images whose instances never become healthy. */
  public readonly sickBuilds = new Map<string, number>();
  /** Recipes (by name, lower case) whose next builds fail. */
  public readonly failedBuilds = new Map<string, number>();
  /**
   * Seconds until the creation or a change of a role is in effect everywhere; until then what functions in it call is denied
   * (assumption: iam-propagation).
   */
  public roleChangesTakeSeconds = 0;
  /** How many of the next instance launches fail for lack of capacity. */
  public launchFailures = 0;
  /** Availability Zones in which the service is disrupted. */
  public readonly zonesDown = new Set<string>();
  /**
   * An instance refresh with skip matching towards the configuration that its group has saved succeeds at once, and replaces nothing
   * (assumption: skip-matching-towards-saved).
   */
  public savedConfigurationMatches = false;

  /** The next `times` calls of an operation fail with an error, before anything is done. `*` stands for every operation. */
  public failCalls(service: string, operation: string, times = 1, error = new AwsError('ThrottlingException', 'Rate exceeded')): void {
    this.callFaults.push({ service, operation, error, remaining: times });
  }

  /** After `calls` further API calls of handlers, calls `kill`: a handler dies between two calls. */
  public killAfter(calls: number, kill: () => void): void {
    this.killCountdown = calls;
    this.onKill = kill;
  }

  public beforeCall(service: string, operation: string): void {
    const fault = this.callFaults.find((each) => each.service === service && (each.operation === operation || each.operation === '*') && each.remaining > 0);
    if (!fault) return;
    fault.remaining -= 1;
    throw fault.error;
  }

  /** Told by the wire before each call that comes from a handler. True when the handler died: its call is not done. */
  public handlerCall(): boolean {
    if (this.killCountdown === undefined) return false;
    this.killCountdown -= 1;
    if (this.killCountdown >= 0) return false;
    this.killCountdown = undefined;
    this.onKill?.();
    return true;
  }

  /** Takes one of the builds of a recipe that are to go wrong. */
  public take(from: Map<string, number>, recipe: string): boolean {
    const left = from.get(recipe.toLowerCase()) ?? 0;
    if (left > 0) from.set(recipe.toLowerCase(), left - 1);
    return left > 0;
  }
}
