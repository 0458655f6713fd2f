import { AwsError, Properties } from '../kernel';

export interface LaunchTemplateVersion {
  readonly number: number;
  readonly data: Properties;
  readonly description?: string;
  readonly createdAt: number;
  /** ARN of the principal that made it, of a role the ARN of its session (AWS CLI, example of describe-launch-templates). */
  readonly createdBy: string;
}

/** A launch template: immutable numbered versions, one of which is the default. Numbers are never given twice. */
export class LaunchTemplate {
  public readonly versions = new Map<number, LaunchTemplateVersion>();
  public defaultVersion = 1;
  private lastNumber = 0;

  public constructor(
    public readonly id: string, public readonly name: string, public readonly createdAt: number, public readonly createdBy: string,
  ) {}

  public get latestVersion(): number {
    return Math.max(...this.versions.keys());
  }

  public add(data: Properties, description: string | undefined, createdAt: number, createdBy: string): LaunchTemplateVersion {
    this.lastNumber += 1;
    const version = { number: this.lastNumber, data, description, createdAt, createdBy };
    this.versions.set(version.number, version);
    return version;
  }

  /** A version by number, `$Latest` or `$Default`. */
  public find(version: string | number): LaunchTemplateVersion | undefined {
    if (version === '$Latest') return this.versions.get(this.latestVersion);
    if (version === '$Default') return this.versions.get(this.defaultVersion);
    return this.versions.get(Number(version));
  }

  public require(version: string | number): LaunchTemplateVersion {
    const found = this.find(version);
    if (found) return found;
    throw new AwsError('InvalidLaunchTemplateId.VersionNotFound',
      `Could not find the specified version ${version} for the launch template with ID ${this.id}.`);
  }
}
