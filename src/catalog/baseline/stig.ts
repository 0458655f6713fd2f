import type { Construct } from 'constructs';
import { Component, type ComponentBindOptions, type ComponentConfig } from '../../component/component';

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
   * Name of the component, should Amazon rename it.
   *
   * @default - stig-build-linux-LEVEL or stig-build-windows-LEVEL, by the platform of the image
   */
  readonly componentName?: string;
}

/**
 * Security Technical Implementation Guides (STIG), by the components that Amazon maintains for Linux and Windows. They have no test phase of
 * ours: Amazon's `scap-compliance-checker-linux` and `-windows` assess the result.
 */
export class Stig {
  /** Applies the settings up to a level. Put it last: it may take away what other components need. */
  public static hardening(level: StigLevel, options: StigOptions = {}): Component {
    return new StigHardening(level, options);
  }

  private constructor() {}
}

class StigHardening extends Component {
  public constructor(private readonly level: StigLevel, private readonly options: StigOptions) {
    super();
  }

  public bind(scope: Construct, bindOptions: ComponentBindOptions): ComponentConfig {
    const { componentName = `stig-build-${bindOptions.platform.toLowerCase()}-${this.level}`, version } = this.options;
    return Component.amazonManaged(componentName, { version }).bind(scope, bindOptions);
  }
}
