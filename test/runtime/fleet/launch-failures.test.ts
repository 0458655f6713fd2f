import { launchFailure } from '../../../src/runtime/aws/fleet/launch-failures';

const failed = (message: string) => launchFailure({
  ActivityId: '1', AutoScalingGroupName: 'web', StatusCode: 'Failed', Description: 'Launching a new EC2 instance: i-1', Cause: '', StartTime: new Date(0), StatusMessage: message,
});
const inService = 'Instance became unhealthy while waiting for instance to be in InService state. Termination Reason:';

describe('a launch that failed', () => {
  test.each([
    `${inService} Client.InternalError: Client error on launch`,
    `${inService} Client.InvalidKMSKey.InvalidState: The KMS key provided is in an incorrect state`,
    'InvalidKMSKey.DisabledException: The KMS key is disabled. Launching EC2 instance failed.',
    `${inService} Client.UserInitiatedShutdown: User initiated shutdown`,
    `${inService} Server.SpotInstanceTermination: Spot instance termination`,
    'We currently do not have sufficient t3.small capacity in the Availability Zone you requested (eu-central-1a). Launching EC2 instance failed.',
    'You are not authorized to use launch template: lt-1',
  ])('is the fault of the environment: %s', (message) => {
    expect(failed(message)).toEqual({ at: 0, message, environment: true });
  });

  test.each([
    "The image id '[ami-1]' does not exist. Launching EC2 instance failed.",
    `${inService} Client.InstanceInitiatedShutdown: Instance initiated shutdown`,
    `${inService} Client.InvalidSnapshot.NotFound: The snapshot does not exist`,
    "The architecture 'arm64' of the specified instance type does not match the architecture 'x86_64' of the specified AMI.",
  ])('may be the fault of the image: %s', (message) => {
    expect(failed(message)).toEqual({ at: 0, message, environment: false });
  });
});
