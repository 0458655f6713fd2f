import { Duration } from 'aws-cdk-lib';
import { HardeningComponent } from './hardening-sets';
import { checkOptions } from './open-scap-checks';
import { installContent, installScanner, installTailoring } from './open-scap-install';
import { verdict, type AcceptedRule } from './open-scap-judge';
import type { OpenScapOptions } from './open-scap-options';
import { ARF, HTML, SUMMARY } from './open-scap-paths';
import { evaluate, remediate, ROUNDS, type Scan } from './open-scap-scan';
import type { Component } from '../../component/component';
import { linuxStep } from '../../component/linux/script';
import { Step } from '../../component/step';
import { entry } from '../entry';
import { uniqueName, uploadNamed } from '../upload';

/**
 * Hardening by OpenSCAP with the profiles of ComplianceAsCode (the SCAP Security Guide): CIS, STIG, ANSSI and others for Amazon Linux 2023, Red
 * Hat's family, Ubuntu, Debian and SUSE, kept by those who publish them.
 *
 * @example
 * OpenScap.hardening({
 *   profile: 'cis_server_l1',
 *   acceptedRules: { partition_for_tmp: 'Instances have one volume with one partition' },
 * });
 */
export class OpenScap {
  /**
   * Remediates a profile on the build instance (`oscap xccdf eval --remediate`), up to five times while there is something left to fix. The
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
    return options.remediate === false ? component : new HardeningComponent(`OpenScap.hardening (${options.profile})`, component);
  }

  private constructor() {}
}

const PROFILE = 'xccdf_org.ssgproject.content_profile_';
const RULE = 'xccdf_org.ssgproject.content_rule_';
const fullName = (prefix: string, name: string): string => (name.startsWith('xccdf_') ? name : `${prefix}${name}`);

/** Good for a name of a component, whatever the profile is: it is `checkOptions` that refuses. */
const shortName = (profile: string): string =>
  profile.replace(/^xccdf_.*_profile_/, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 35).replace(/^-|-$/g, '') || 'profile';

const scanOf = ({ profile, tailoring, timeout = Duration.minutes(30) }: OpenScapOptions): Scan =>
  ({ profile: fullName(PROFILE, profile), tailored: tailoring !== undefined, seconds: Math.ceil(timeout.toMilliseconds() / 1000) });

function buildSteps(options: OpenScapOptions): Step[] {
  const { scanner, dataStream, tailoring, remediate: fix = true, restart = true } = options;
  const scan = scanOf(options);
  return [
    checkOptions(options),
    installScanner(scanner),
    installContent(dataStream),
    ...tailoring === undefined ? [] : [installTailoring(tailoring)],
    ...fix ? [remediate(scan).withOptions({ timeout: Duration.seconds(ROUNDS * scan.seconds + 600) })] : [],
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
