import { Duration } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { parseFilters } from './update-filter';
import { TEST_RESTART_PENDING, windowsUpdateScript } from './windows-update-script';
import { InvalidInputError } from '../../private/errors';
import { powershellScript } from '../step/powershell';
import { RenderedStep, type Step } from '../step/step';

/** Options of `WindowsUpdate.install`. */
export interface WindowsUpdateOptions {
  /**
   * Which updates are searched for, in the language of `IUpdateSearcher.Search`: `IsInstalled=0` for all of them, also optional ones.
   *
   * @default 'BrowseOnly=0 and IsInstalled=0'
   */
  readonly searchCriteria?: string;

  /**
   * Which of them are installed: `include:EXPRESSION` and `exclude:EXPRESSION` in order, with PowerShell expressions in which `$_` is an
   * update. The first that is true decides; an update for which none is true is not installed. `UpdateFilter` writes them.
   *
   * @default ['include:$true']
   */
  readonly filters?: string[];

  /**
   * How many updates are installed at once. When there are as many, the instance restarts and the step comes again for the rest.
   *
   * @default 1000
   */
  readonly updateLimit?: number;

  /**
   * How often the step may run, restarts between, until nothing is left to do. It fails beyond.
   *
   * @default 12
   */
  readonly maxPasses?: number;

  /**
   * How long one pass may take.
   *
   * @default Duration.hours(4)
   */
  readonly passTimeout?: Duration;
}

/**
 * Windows Update with search criteria, ordered filters and a limit: for those to whom `Step.updateOs` gives too little choice.
 *
 * One step of the document, which restarts the instance and comes again until nothing is left to do. A pass: a restart that Windows
 * waits for comes first, because nothing can be installed before (0x80240016); then search, with retries; filters; licenses; download;
 * installation. The result of each update is looked at: one that fails is tried again in the next pass, and fails the step when it fails
 * again. One that was installed twice, and rolled back by each restart, fails it by name. Passes are counted over restarts, so that the step ends in any case.
 *
 * Updates that ask a user something cannot be installed by a build; leave them out with
 * `UpdateFilter.exclude('$_.InstallationBehavior.CanRequestUserInput')`. KB5007651 (Windows Security platform) wants a logged-on user:
 * `UpdateFilter.exclude("$_.Title -like '*KB5007651*'")`.
 */
export class WindowsUpdate {
  /** Searches, downloads and installs updates, in as many passes as it takes. */
  public static install(options: WindowsUpdateOptions = {}): Step {
    const { searchCriteria = 'BrowseOnly=0 and IsInstalled=0', filters = ['include:$true'], updateLimit = 1000, maxPasses = 12 } = options;
    return new RenderedStep((scope, bindOptions) => {
      checkCount(scope, 'updateLimit', updateLimit);
      checkCount(scope, 'maxPasses', maxPasses);
      checkCriteria(scope, searchCriteria);
      const lines = windowsUpdateScript({ searchCriteria, filters: parseFilters(scope, filters), updateLimit, maxPasses });
      const { actions, platform } = powershellScript(lines)(scope, bindOptions);
      const timeout = options.passTimeout ?? Duration.hours(4);
      return { platform, actions: actions.map((action) => ({ ...action, name: 'WindowsUpdate', timeout })) };
    });
  }

  /** Fails where Windows waits for a restart: an update that is half installed would go into the image. */
  public static checkNoRestartPending(): Step {
    return new RenderedStep(powershellScript([
      TEST_RESTART_PENDING.slice(1),
      "if (Test-RestartPending) { throw 'Windows waits for a restart' }",
    ]));
  }

  private constructor() {}
}

function checkCount(scope: IConstruct, name: string, count: number): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new InvalidInputError(scope, { what: `${name} of Windows Update is ${count}`, expected: 'a whole number from 1', fix: 'correct it or leave it out' });
  }
}

function checkCriteria(scope: IConstruct, criteria: string): void {
  if (criteria.trim() === '' || /\{\{|[\r\n]/.test(criteria)) {
    throw new InvalidInputError(scope, {
      what: `the search criteria '${criteria}' of Windows Update are not valid`,
      expected: "one line, such as 'IsInstalled=0'",
      fix: 'correct them or leave them out',
    });
  }
}
