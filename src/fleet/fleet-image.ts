import { OperatingSystemType, UserData, type IMachineImage, type MachineImageConfig } from 'aws-cdk-lib/aws-ec2';
import type { Construct, IConstruct } from 'constructs';

/** The image that a fleet's parameter holds when an instance is launched. */
export class FleetImage implements IMachineImage {
  /** What asked for the image. */
  public readonly users: IConstruct[] = [];

  public constructor(private readonly parameterName: string, private readonly windows: boolean) {}

  /** Named by parameter, so that a deploy or a scale-out outside a rollout gets the last known good image. */
  public get imageId(): string {
    return `resolve:ssm:${this.parameterName}`;
  }

  public getImage(scope: Construct): MachineImageConfig {
    this.users.push(scope);
    return {
      imageId: this.imageId,
      osType: this.windows ? OperatingSystemType.WINDOWS : OperatingSystemType.LINUX,
      userData: this.windows ? UserData.forWindows() : UserData.forLinux(),
    };
  }
}
