import { Annotations } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import { Component, type ComponentBindOptions, type ComponentConfig } from '../../component/component';

/** Sets of settings that were not made for each other; profiles of OpenSCAP are one each. */
export type HardeningSet = 'LinuxBaseline.cis' | 'WindowsBaseline.cis' | 'Stig.hardening' | `OpenScap.hardening (${string})`;

const SETS = new WeakMap<IConstruct, Set<HardeningSet>>();

/** The sets of the parent are in the image as well. */
export function inheritHardening(image: IConstruct, parent: IConstruct): void {
  SETS.set(image, new Set(SETS.get(parent)));
}

/** A component that is one such set: a second one in the same image, or in one below it, is warned of. */
export class HardeningComponent extends Component {
  public constructor(private readonly set: HardeningSet, private readonly component: Component) {
    super();
  }

  public bind(scope: Construct, options: ComponentBindOptions): ComponentConfig {
    const sets = SETS.get(scope) ?? new Set();
    SETS.set(scope, sets.add(this.set));
    if (sets.size > 1) {
      Annotations.of(scope).addWarningV2(
        'cdk-golden-images:hardeningTwice',
        `${[...sets].join(' and ')} set the same things in one image (its parents count), and the last one wins, also where it is weaker: choose one `
        + '(docs/guides/hardening.md, "One set an image")',
      );
    }
    return this.component.bind(scope, options);
  }
}
