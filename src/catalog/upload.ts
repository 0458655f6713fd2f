import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { checkPath } from '../component/linux/checks';
import { linuxStep } from '../component/linux/script';
import { RenderedStep, type Step, TransferModule } from '../component/step';
import { explainGrant } from '../private/findings';

/** Where files of a build go. */
export interface UploadTarget {
  readonly bucket: IBucket;
  readonly keyPrefix: string;
}

/** Prints a name that no other run has. */
export const uniqueName = (stepName: string): Step =>
  linuxStep(stepName, () => ['echo "$(date -u +%Y%m%dT%H%M%SZ)-$(cut -c 1-8 /proc/sys/kernel/random/uuid)"']);

/**
 * Uploads files under a name that the instance makes. The build's role may put objects under the prefix, and nothing else.
 *
 * @param files paths on the instance, each with what its key ends with
 */
export const uploadNamed = ({ bucket, keyPrefix }: UploadTarget, name: Step, files: [path: string, ending: string][], reason: string): Step =>
  new RenderedStep((scope, bind) => {
    checkPath(scope, `/${keyPrefix}`, 'the key prefix');
    const resources = [bucket.arnForObjects(`${keyPrefix}/*`)];
    Grant.addToPrincipal({ grantee: bind.grantee, actions: ['s3:PutObject'], resourceArns: resources });
    explainGrant(bind.grantee, { resources, actions: [] }, reason);
    bucket.encryptionKey?.grantEncrypt(bind.grantee);
    return TransferModule.s3Upload(...files.map(([source, ending]) => ({
      source, destination: `s3://${bucket.bucketName}/${keyPrefix}/${name.output('stdout')}${ending}`,
    }))).bind(scope, bind);
  });
