import type { Construct } from 'constructs';
import { HardeningComponent } from './hardening-sets';
import { Component, type ComponentBindOptions, type ComponentConfig } from '../../component/component';
import { Platform } from '../../image/platform';
import { InvalidInputError } from '../../private/errors';

/** Severities of the Security Technical Implementation Guides. Each holds those below it. */
export enum StigLevel {
  /** Category III alone. */
  LOW = 'low',
  /** Categories II and III. */
  MEDIUM = 'medium',
  /** Categories I, II and III. */
  HIGH = 'high',
}

/** Options of `Stig.hardening`. */
export interface StigOptions {
  /**
   * Version of the component; `x` stands for the newest.
   *
   * @default 'x.x.x'
   */
  readonly version?: string;

  /**
   * Name of the component, should Amazon rename it. One of the retired names that end with a level, such as `stig-build-linux-high`, gets
   * no parameters.
   *
   * @default - stig-build-linux or stig-build-windows, by the platform of the image
   */
  readonly componentName?: string;

  /**
   * Whether the component installs packages that full compliance needs. Linux only.
   *
   * @default false
   */
  readonly installPackages?: boolean;

  /**
   * Whether the consent banner of the Department of Defense is shown before each login. Linux only.
   *
   * @default false
   */
  readonly consentBanner?: boolean;
}

/**
 * Security Technical Implementation Guides (STIG), by the components that Amazon maintains for Linux and Windows. They have no test phase of
 * ours: Amazon's `scap-compliance-checker-linux` and `-windows` assess the result.
 */
export class Stig {
  /** Applies the settings up to a level. Put it last: it may take away what other components need. */
  public static hardening(level: StigLevel, options: StigOptions = {}): Component {
    return new HardeningComponent('Stig.hardening', new StigHardening(level, options));
  }

  private constructor() {}
}

/** Values of the parameter `Level` (EC2 user guide, "Use Systems Manager to apply STIG settings": the same script and parameters). */
const LEVELS: Record<StigLevel, string> = { [StigLevel.LOW]: 'Low', [StigLevel.MEDIUM]: 'Medium', [StigLevel.HIGH]: 'High' };

class StigHardening extends Component {
  public constructor(private readonly level: StigLevel, private readonly options: StigOptions) {
    super();
  }

  public bind(scope: Construct, bindOptions: ComponentBindOptions): ComponentConfig {
    const { componentName = `stig-build-${bindOptions.platform.toLowerCase()}`, version } = this.options;
    const parameters = /-(?:low|medium|high)$/.test(componentName) ? {} : this.parametersOn(scope, bindOptions.platform);
    return Component.amazonManaged(componentName, { version, parameters }).bind(scope, bindOptions);
  }

  /** The level always goes along: the default of the component is the highest one. */
  private parametersOn(scope: Construct, platform: Platform): Record<string, string> {
    const { installPackages, consentBanner } = this.options;
    if (platform !== Platform.LINUX && (installPackages ?? consentBanner) !== undefined) {
      throw new InvalidInputError(scope, {
        what: `Stig.hardening has ${installPackages === undefined ? 'consentBanner' : 'installPackages'} on ${platform}`,
        expected: 'installPackages and consentBanner on Linux only',
        fix: 'remove it',
      });
    }
    return {
      Level: LEVELS[this.level],
      ...installPackages ? { InstallPackages: 'Yes' } : {},
      ...consentBanner ? { SetDoDConsentBanner: 'Yes' } : {},
    };
  }
}
