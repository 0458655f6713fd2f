import type { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Source } from '../../component/source';

/** Options of `OpenScap.hardening`. */
export interface OpenScapOptions {
  /**
   * The profile, as `oscap info` lists them: `stig`, `anssi_bp28_enhanced`. CIS level 1 for servers is `cis_server_l1` on Amazon Linux 2023, Red Hat's
   * family and SUSE, and `cis_level1_server` on Ubuntu and Debian (ComplianceAsCode/content, `products/…/profiles`). A name of one's own, such as that of
   * a tailoring file, in full.
   */
  readonly profile: string;

  /**
   * Rules that may fail in this image, each with its reason: `{ partition_for_tmp: 'AMIs have one partition' }`. The reasons stand in the output of the
   * build and in the summary beside the report. A rule that the data stream does not have is refused by the build.
   *
   * @default - none: every rule of the profile must pass
   */
  readonly acceptedRules?: { [rule: string]: string };

  /**
   * The data stream: the file `ssg-…-ds.xml`, a package with it, or an archive with those of many systems, such as a release of
   * ComplianceAsCode/content, of which the one for the instance is taken.
   *
   * @default - the distribution's package, which Debian and Ubuntu have for earlier releases only
   */
  readonly dataStream?: Source;

  /**
   * A package file with the scanner.
   *
   * @default - the distribution's package
   */
  readonly scanner?: Source;

  /**
   * A tailoring file: profiles of one's own on those of the data stream, with other rules and values. Name its profile in `profile`.
   *
   * @default - none
   */
  readonly tailoring?: Source;

  /**
   * Whether the build remediates what fails. Without, the image is only evaluated.
   *
   * @default true
   */
  readonly remediate?: boolean;

  /**
   * Whether the build instance restarts after the remediation, so that it is evaluated as it starts.
   *
   * @default true
   */
  readonly restart?: boolean;

  /**
   * How long one run of the scanner may take: whole seconds, a minute at least. A remediation is up to five runs.
   *
   * @default Duration.minutes(30)
   */
  readonly timeout?: Duration;

  /**
   * Folder of the image that keeps the report of the validation, readable by root only: `arf.xml`, `report.html` and `summary.txt`. Not below
   * `/var/log`, whose files the clean-up empties.
   *
   * @default - none is kept
   */
  readonly reportFolder?: string;

  /**
   * Bucket that gets the reports of the validate and test phases, also where they fail; the build's role may put objects under the prefix, and
   * nothing else.
   *
   * @default - none is uploaded
   */
  readonly reportBucket?: IBucket;

  /**
   * Prefix of the keys, without a slash at its end. Each report has a name of its own under it.
   *
   * @default 'openscap'
   */
  readonly reportKeyPrefix?: string;
}
