import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Component } from '../../component/component';
import { fetched } from '../../component/linux/fetch';
import { linuxStep, plannedStep } from '../../component/linux/script';
import { Source } from '../../component/source';
import type { Step } from '../../component/step';
import { InvalidInputError } from '../../private/errors';
import { entry } from '../entry';
import { uniqueName, uploadNamed } from '../upload';

/** Options of `Agents.inspectorSbom`. */
export interface InspectorSbomOptions {
  /** Bucket that gets the bill of materials; the build's role may put objects under the prefix, and nothing else. */
  readonly bucket: IBucket;

  /**
   * Prefix of the keys, without a slash at its end. Each run has a name of its own under it.
   *
   * @default 'sbom'
   */
  readonly keyPrefix?: string;

  /** Version of the Amazon Inspector SBOM Generator, such as `1.17.5`. */
  readonly generatorVersion: string;

  /** SHA-256 of its archive for the architecture of the image, as the Inspector user guide lists it. */
  readonly generatorSha256: string;

  /**
   * A copy of the archive, for builds that do not reach Amazon's bucket.
   *
   * @default - Amazon's bucket, over https
   */
  readonly generator?: Source;
}

/** Not below /tmp or /var/tmp, from where hardened images run nothing (awslabs/amazon-eks-ami#346). */
const WORK = '/opt/golden-images-sbom';

/** The component of `Agents.inspectorSbom`. */
export function inspectorSbom(options: InspectorSbomOptions): Component {
  const { bucket, keyPrefix = 'sbom' } = options;
  const name = uniqueName('NameSbom');
  const upload = uploadNamed({ bucket, keyPrefix }, name, [[`${WORK}/sbom.json`, '.cdx.json']], 'Each bill of materials has a name of its own');
  return entry('inspector-sbom', {
    description: 'Bill of materials by the Amazon Inspector SBOM Generator',
    testSteps: [generate(options), name, upload, linuxStep('RemoveSbom', () => [`rm -rf ${WORK}`])],
  });
}

/** Inspector user guide, "Amazon Inspector SBOM Generator" (assumption: sbomgen-localhost). */
const generate = (options: InspectorSbomOptions): Step => plannedStep('Sbom', (scope, bind) => {
  const file = fetched(scope, bind, options.generator ?? download(scope, options, bind.architecture));
  if (file.source.sha256 === undefined) {
    throw new InvalidInputError(scope, {
      what: 'the SBOM generator is not pinned',
      expected: 'an archive whose SHA-256 is known',
      fix: 'give it as a file: Source.asset(…), Source.bucket(…) or Source.https(…)',
    });
  }
  return {
    before: file.before,
    lines: [
      `rm -rf ${WORK}`,
      `mkdir -p ${WORK}/generator`,
      `if command -v unzip >/dev/null; then unzip -oq ${file.word} -d ${WORK}/generator; else python3 -m zipfile -e ${file.word} ${WORK}/generator; fi`,
      ...file.after,
      `program=$(find ${WORK}/generator -type f -name inspector-sbomgen)`,
      '[ -n "$program" ] || fail \'the archive has no inspector-sbomgen\'',
      'chmod 0755 "$program"',
      `"$program" localhost -o ${WORK}/sbom.json`,
      `grep -q '"bomFormat"' ${WORK}/sbom.json || fail 'what was written is no CycloneDX document'`,
    ],
  };
});

function download(scope: Construct, { generatorVersion, generatorSha256 }: InspectorSbomOptions, architecture: InstanceArchitecture): Source {
  if (!/^\d+\.\d+\.\d+$/.test(generatorVersion)) {
    throw new InvalidInputError(scope, {
      what: `the version '${generatorVersion}' of the SBOM generator is not pinned`,
      expected: "three numbers, such as '1.17.5'",
      fix: 'take a version with its SHA-256 from the Amazon Inspector user guide',
    });
  }
  const machine = architecture === InstanceArchitecture.ARM_64 ? 'arm64' : 'amd64';
  return Source.https(`https://amazon-inspector-sbomgen.s3.amazonaws.com/${generatorVersion}/linux/${machine}/inspector-sbomgen.zip`, generatorSha256);
}
