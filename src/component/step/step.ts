import type { Construct } from 'constructs';
import type { StepAction, StepBindOptions, StepConfig } from './action';
import { bash } from './bash';
import type { Condition } from './condition';
import { download } from './download';
import { withOptions, type StepOptions } from './options';
import { powershell } from './powershell';
import { StepReference } from './reference';
import type { Platform } from '../../image/platform';
import type { Source } from '../source';

/** Options of `Step.updateOs`. */
export interface UpdateOsOptions {
  /**
   * What to install: package names on Linux; `KB1234567`, `1234567` or title patterns on Windows.
   *
   * @default - every update there is
   */
  readonly include?: string[];

  /**
   * What not to install.
   *
   * @default - nothing is left out
   */
  readonly exclude?: string[];
}

/**
 * An action, where it comes from.
 *
 * @internal
 */
export interface BoundAction {
  readonly action: StepAction;
  readonly platform?: Platform;
  readonly steps: Step[];
}

/**
 * One step of a component: one step of its document, or several. A step is a value: it may stand in many components. Extend this class
 * to publish your own.
 */
export abstract class Step {
  /**
   * Bash commands, run as root in one shell that stops at the first failure. Text with double braces, which a document cannot hold,
   * travels as an asset.
   */
  public static bash(...commands: string[]): Step {
    return new RenderedStep(bash(commands));
  }

  /**
   * Windows PowerShell commands, run as SYSTEM; stops at the first error and at the first program that does not exit with 0. Text with
   * double braces, which a document cannot hold, travels as an asset.
   */
  public static powershell(...commands: string[]): Step {
    return new RenderedStep(powershell(commands));
  }

  /** Installs operating system updates. */
  public static updateOs(options: UpdateOsOptions = {}): Step {
    const inputs = options.include || options.exclude ? { include: options.include, exclude: options.exclude } : undefined;
    return new RenderedStep(() => ({ actions: [{ name: 'UpdateOS', action: 'UpdateOS', inputs }] }));
  }

  /**
   * Downloads a file, or unpacks an archive (a folder or a zip file) into a folder.
   *
   * @param source what to download
   * @param destination absolute path of the file, or of the folder into which an archive is unpacked
   */
  public static download(source: Source, destination: string): Step {
    return new RenderedStep(download(source, destination));
  }

  /** Restarts the instance and goes on with the next step. */
  public static reboot(): Step {
    return new RenderedStep(() => ({ actions: [{ name: 'Reboot', action: 'Reboot' }] }));
  }

  /** Fails where the condition does not hold. */
  public static assertThat(condition: Condition): Step {
    return new RenderedStep((scope) => ({ actions: [{ name: 'Assert', action: 'Assert', inputs: condition._render(scope) }] }));
  }

  /** Several steps as one. */
  public static sequence(...steps: Step[]): Step {
    return new Sequence(steps);
  }

  /** Called by the component that holds the step. */
  public abstract bind(scope: Construct, options: StepBindOptions): StepConfig;

  /** The same step with a timeout, a number of attempts, a condition, a loop, and so on. */
  public withOptions(options: StepOptions): Step {
    return new StepWithOptions(this, options);
  }

  /**
   * An output of the step, for the inputs and conditions of later steps of the same component; where the step is several in the document,
   * of the last of them. Does not go from build to test, which run on different instances.
   *
   * @param name name of the output, such as `stdout`
   */
  public output(name: string): string {
    return new StepReference(this, 'outputs', name).toString();
  }

  /**
   * Its actions, each with the steps that it belongs to: that is how outputs are found.
   *
   * @internal
   */
  public _actions(scope: Construct, options: StepBindOptions): BoundAction[] {
    const { actions, platform } = this.bind(scope, options);
    return actions.map((action) => ({ action, platform, steps: [this] }));
  }
}

/**
 * A step that a function renders.
 *
 * @internal
 */
export class RenderedStep extends Step {
  public constructor(private readonly render: (scope: Construct, options: StepBindOptions) => StepConfig) {
    super();
  }

  public bind(scope: Construct, options: StepBindOptions): StepConfig {
    return this.render(scope, options);
  }
}

/** A step that is made of others. */
abstract class ComposedStep extends Step {
  public bind(scope: Construct, options: StepBindOptions): StepConfig {
    const bound = this._actions(scope, options);
    return { actions: bound.map(({ action }) => action), platform: bound.find(({ platform }) => platform !== undefined)?.platform };
  }

  public override _actions(scope: Construct, options: StepBindOptions): BoundAction[] {
    return this.compose(scope, options).map((bound) => ({ ...bound, steps: [...bound.steps, this] }));
  }

  protected abstract compose(scope: Construct, options: StepBindOptions): BoundAction[];
}

class Sequence extends ComposedStep {
  public constructor(private readonly steps: Step[]) {
    super();
  }

  protected compose(scope: Construct, options: StepBindOptions): BoundAction[] {
    return this.steps.flatMap((step) => step._actions(scope, options));
  }
}

class StepWithOptions extends ComposedStep {
  public constructor(private readonly step: Step, private readonly options: StepOptions) {
    super();
  }

  protected compose(scope: Construct, options: StepBindOptions): BoundAction[] {
    const bound = this.step._actions(scope, options);
    const actions = withOptions(scope, bound.map(({ action }) => action), this.options);
    return bound.map((each, index) => ({ ...each, action: actions[index]! }));
  }
}
