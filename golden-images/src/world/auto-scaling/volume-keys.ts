import type { Image } from '../ec2/images';
import type { Properties, World } from '../kernel';
import { KmsService } from '../kms';
import { mayUseForVolumes } from '../kms/access';

/** The role in which EC2 Auto Scaling launches. */
export const serviceLinkedRole = (world: World): string =>
  world.arn('iam', 'role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling', { region: '' });

/**
 * Whether the service-linked role may use the keys of all volumes of a launch: it has no access to customer keys of its own (user guide,
 * "Required AWS KMS key policy for use with encrypted volumes").
 */
export function mayUseKeys(world: World, image: Image, data: Properties): boolean {
  const keys = new Map(image.blockDevices.map(({ deviceName, kmsKeyId }) => [deviceName, kmsKeyId]));
  for (const { DeviceName, Ebs } of (data.BlockDeviceMappings ?? []) as Properties[]) if (Ebs?.KmsKeyId) keys.set(DeviceName, Ebs.KmsKeyId);
  return [...keys.values()].every((name) => {
    const key = name === undefined ? undefined : world.get(KmsService).keys.find(name);
    return name === undefined || (key !== undefined && mayUseForVolumes(world, key, serviceLinkedRole(world)));
  });
}
