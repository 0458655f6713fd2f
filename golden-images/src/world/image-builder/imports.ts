import { Ec2Service } from '../ec2/ec2';
import { AwsError, type Properties, type World } from '../kernel';
import { S3Service } from '../s3';
import type { Builds } from './builds';
import type { Configurations } from './configurations';
import type { Image } from './model';
import { arnName, requireKnown, requirePattern } from './validation';

interface Input {
  readonly name: string;
  readonly semanticVersion: string;
  readonly platform: string;
  readonly tags?: Record<string, string>;
  readonly [member: string]: unknown;
}

const COMMON = ['name', 'semanticVersion', 'description', 'platform', 'osVersion', 'tags', 'clientToken'];
const refused = (member: string, why: string): AwsError =>
  new AwsError('InvalidParameterValueException', `The value supplied for parameter '${member}' is not valid. ${why}`);
const MINUTE = 60_000;

/**
 * Images that are not built: ImportVmImage follows a task of VM Import/Export, ImportDiskImage installs Windows 11. Source: Image Builder user guide,
 * "Import and export virtual machine images", "Import verified Windows ISO disk images". An import of a name and version that exist is their next
 * build (assumption: import-same-version).
 */
export class Imports {
  public constructor(private readonly world: World, private readonly builds: Builds, private readonly infrastructures: Configurations) {}

  public vm(input: Input): Image {
    requireKnown('ImportVmImage', input, [...COMMON, 'vmImportTaskId', 'loggingConfiguration']);
    if (!['Linux', 'Windows'].includes(input.platform)) throw refused('platform', 'It must be Linux or Windows');
    const task = String(input.vmImportTaskId);
    return this.begin(input, async (image) => {
      for (;;) {
        const found = await this.task(task);
        if (found.Status === 'completed') return { id: found.ImageId!, name: task };
        if (found.Status !== 'active') { this.fail(image, found.StatusMessage ?? `The import task ${task} has failed`); return undefined; }
        await this.world.timeline.sleep(5 * MINUTE, `import ${image.arn}`);
      }
    });
  }

  public iso(input: Input): Image {
    requireKnown('ImportDiskImage', input, [...COMMON, 'executionRole', 'infrastructureConfigurationArn', 'uri', 'windowsConfiguration', 'loggingConfiguration']);
    requireKnown('ImportDiskImage windowsConfiguration', input.windowsConfiguration ?? {}, ['imageIndex']);
    if (input.platform !== 'Windows') throw refused('platform', 'It must be Windows');
    if (input.osVersion !== 'Microsoft Windows 11') throw refused('osVersion', 'It must be Microsoft Windows 11');
    this.infrastructures.find(String(input.infrastructureConfigurationArn));
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+\.ISO)$/.exec(String(input.uri)) ?? [];
    if (!bucket || !key) throw refused('uri', 'It must name an object that ends in .ISO');
    return this.begin(input, async (image) => {
      await this.world.timeline.sleep(50 * MINUTE, `import ${image.arn}`);
      if (!this.world.get(S3Service).object(bucket, key)) { this.fail(image, `The disk image ${String(input.uri)} cannot be read`); return undefined; }
      const name = `${image.name} ${new Date(this.world.now).toISOString().replace(/:/g, '-').replace(/\.\d+Z$/, 'Z')}`;
      const id = this.world.get(Ec2Service).registerImage({
        name, architecture: 'x86_64', platform: 'windows', traits: { ownLicense: true }, tags: { CreatedBy: 'EC2 Image Builder', Ec2ImageBuilderArn: image.arn },
      });
      return { id, name };
    });
  }

  private begin(input: Input, work: (image: Image) => Promise<Image['ami']>): Image {
    requirePattern('name', input.name, 'name');
    requirePattern('semanticVersion', input.semanticVersion, 'componentVersion');
    const { name, semanticVersion: version, platform, tags = {} } = input;
    const path = `image/${arnName(name)}/${version}`;
    const build = this.builds.images.filter(({ arn }) => arn.startsWith(`${this.world.arn('imagebuilder', path)}/`)).length + 1;
    const image: Image = {
      arn: this.world.arn('imagebuilder', `${path}/${build}`), name, version, build, platform, tags, scheduled: false, dateCreated: this.world.now, status: 'PENDING',
    };
    this.builds.images.push(image);
    this.world.timeline.spawn(`import ${image.arn}`, () => this.run(image, work));
    return image;
  }

  private async run(image: Image, work: (image: Image) => Promise<Image['ami']>): Promise<void> {
    this.builds.move(image, 'CREATING');
    const ami = await work(image);
    if (!ami || image.status !== 'CREATING') return;
    image.ami = ami;
    this.builds.move(image, 'AVAILABLE');
  }

  private fail(image: Image, reason: string): void {
    if (image.status === 'CREATING') this.builds.move(image, 'FAILED', reason);
  }

  private async task(id: string): Promise<Properties> {
    const { operations } = this.world.get(Ec2Service);
    const { ImportImageTasks: [found] } = await operations.DescribeImportImageTasks!({ ImportTaskIds: [id] }) as Properties;
    return found;
  }
}
