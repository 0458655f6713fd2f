import { Annotations } from 'aws-cdk-lib';
import type { ParentImageConfig } from './config';
import type { Component } from '../../component/component';
import { OperatingSystemVersion } from '../../platform';
import type { IImage } from '../image';

/** What a parent stands for as time passes. */
export function warnOfParent(image: IImage, parent: ParentImageConfig, updates: Component | undefined): void {
  const { osVersion } = parent;
  if (osVersion === undefined) { return; }
  if (OperatingSystemVersion.AMAZON_LINUX_2.includes(osVersion)) {
    Annotations.of(image).addWarningV2(
      'cdk-golden-images:parentUnsupported',
      'support of Amazon Linux 2 ended on June 30, 2026: it gets no updates (https://aws.amazon.com/amazon-linux-2/faqs/); take ParentImage.amazonLinux2023',
    );
  }
  if (OperatingSystemVersion.AMAZON_LINUX_2023.includes(osVersion) && isFixed(parent) && updates !== undefined && !updates._movesRelease) {
    Annotations.of(image).addWarningV2(
      'cdk-golden-images:parentReleaseLocked',
      'the parent is one AMI of Amazon Linux 2023, whose repositories are locked to its release: unless updates pass --releasever, every build gets the packages '
      + 'of that release (https://docs.aws.amazon.com/linux/al2023/ug/deterministic-upgrades-usage.html); leave updates out, give OperatingSystem.updates, or take '
      + 'ParentImage.amazonLinux2023()',
    );
  }
}

/** Whether the parent is the same AMI in every build. */
const isFixed = ({ amiId, imageBuilderArn }: ParentImageConfig): boolean =>
  amiId !== undefined || (imageBuilderArn !== undefined && /\/\d+\.\d+\.\d+(?:\/\d+)?$/.test(imageBuilderArn));
