import { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { HardeningComponent } from './hardening-sets';
import { checkOptions } from './open-scap-checks';
import { installContent, installScanner, installTailoring } from './open-scap-install';
import { verdict, type AcceptedRule } from './open-scap-judge';
import { ARF, HTML, SUMMARY } from './open-scap-paths';
import { evaluate, remediate, type Scan } from './open-scap-scan';
import type { Component } from '../../component/component';
import { linuxStep } from '../../component/linux/script';
import type { Source } from '../../component/source';
import { Step } from '../../component/step';
import { entry } from '../entry';
import { uniqueName, uploadNamed } from '../upload';

/** Options of `OpenScap.hardening`. */
export interface OpenScapOptions {
  /**
   * The profile, as `oscap info` lists them: `cis_level1_server`, `anssi_bp28_enhanced`, `stig`; a name of one's own, such as that of a tailoring
   * file, in full.
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
   * How long one run of the scanner may take. A remediation is up to three runs.
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

/**
 * Hardening by OpenSCAP with the profiles of ComplianceAsCode (the SCAP Security Guide): CIS, STIG, ANSSI and others for Amazon Linux 2023, Red
 * Hat's family, Ubuntu, Debian and SUSE, kept by those who publish them.
 *
 * @example
 * OpenScap.hardening({
 *   profile: 'cis_level1_server',
 *   acceptedRules: { partition_for_tmp: 'Instances have one volume with one partition' },
 * });
 */
export class OpenScap {
  /**
   * Remediates a profile on the build instance (`oscap xccdf eval --remediate`), up to three times while there is something left to fix. The
   * validation and the test evaluate it again, without changing anything, and fail with id, title and severity of each rule that fails, and of each
   * that the scanner could not judge (`error`, `unknown`), but those that are accepted. Put it last before the clean-up. Scanner and data
   * stream stay in the image. What to accept on instances of EC2 stands in `docs/guides/hardening.md`.
   */
  public static hardening(options: OpenScapOptions): Component {
    const name = `openscap-${shortName(options.profile)}`;
    const component = entry(options.remediate === false ? `${name}-evaluation` : name, {
      description: 'OpenSCAP with the SCAP Security Guide',
      buildSteps: buildSteps(options),
      validateSteps: evaluation(options, 'validate'),
      testSteps: evaluation(options, 'test'),
    });
    return options.remediate === false ? component : new HardeningComponent('OpenScap.hardening', component);
  }

  private constructor() {}
}

const PROFILE = 'xccdf_org.ssgproject.content_profile_';
const RULE = 'xccdf_org.ssgproject.content_rule_';
const fullName = (prefix: string, name: string): string => (name.startsWith('xccdf_') ? name : `${prefix}${name}`);
const shortName = (profile: string): string => profile.replace(/^xccdf_.*_profile_/, '').toLowerCase().replace(/[^a-z0-9]+/g, '-');

const scanOf = ({ profile, tailoring, timeout = Duration.minutes(30) }: OpenScapOptions): Scan =>
  ({ profile: fullName(PROFILE, profile), tailored: tailoring !== undefined, seconds: timeout.toSeconds() });

function buildSteps(options: OpenScapOptions): Step[] {
  const { scanner, dataStream, tailoring, remediate: fix = true, restart = true } = options;
  const scan = scanOf(options);
  return [
    checkOptions(options),
    installScanner(scanner),
    installContent(dataStream),
    ...tailoring === undefined ? [] : [installTailoring(tailoring)],
    ...fix ? [remediate(scan).withOptions({ timeout: Duration.seconds(3 * scan.seconds + 600) })] : [],
    ...fix && restart ? [Step.reboot()] : [],
  ];
}

function evaluation(options: OpenScapOptions, phase: string): Step[] {
  const { reportFolder, reportBucket, reportKeyPrefix = 'openscap', acceptedRules = {} } = options;
  const scan = scanOf(options);
  const accepted = Object.entries(acceptedRules).map(([rule, reason]): AcceptedRule => ({ id: fullName(RULE, rule), reason }));
  const name = uniqueName('NameReport');
  const files: [string, string][] = [[ARF, `-${phase}.arf.xml`], [HTML, `-${phase}.html`], [SUMMARY, `-${phase}.txt`]];
  return [
    evaluate(scan, accepted, phase === 'validate' ? reportFolder : undefined).withOptions({ timeout: Duration.seconds(scan.seconds + 600) }),
    ...reportBucket === undefined ? [] : [
      name, uploadNamed({ bucket: reportBucket, keyPrefix: reportKeyPrefix }, name, files, 'Each report has a name of its own'),
    ],
    linuxStep('OpenScapVerdict', () => verdict(scan.profile)),
  ];
}
