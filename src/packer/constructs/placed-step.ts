import type { Construct } from 'constructs';
import type { StepBindOptions, StepConfig } from '../../component/step';
import { Step, type BoundAction } from '../../component/step/step';
import { InvalidInputError } from '../../private/errors';
import type { Position } from '../template/model';
import { placed } from '../template/position';

/** A step that names its place in the template when it is refused. */
export class PlacedStep extends Step {
  public constructor(private readonly step: Step, private readonly at: Position) {
    super();
  }

  public bind(scope: Construct, options: StepBindOptions): StepConfig {
    return this.placed(scope, () => this.step.bind(scope, options));
  }

  /** @internal */
  public override _actions(scope: Construct, options: StepBindOptions): BoundAction[] {
    return this.placed(scope, () => this.step._actions(scope, options));
  }

  private placed<T>(scope: Construct, act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (!InvalidInputError.is(error)) throw error;
      throw new InvalidInputError(scope, { ...error.problem, what: `${placed(this.at)}: ${error.problem.what}` });
    }
  }
}
