import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { command } from './command';
import * as forms from './forms';
import { flag, single, UsageError } from './option';
import { DiskError, readDisk } from '../disks/disk';
import { followImport, startImport, type DiskRequest, type ImportPorts } from '../disks/import-disk';
import { findTarget, type DiskTarget } from '../disks/target';

const LOOK_AGAIN_SECONDS = 30;

const oneOf = <T extends string>(...values: readonly T[]) => (text: string): T => {
  const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new UsageError(`one of ${values.join(', ')}`);
  return found;
};

const matching = (pattern: RegExp, form: string) => (text: string): string => {
  if (!pattern.test(text)) throw new UsageError(form);
  return text;
};

/** Makes a parent image of a virtual machine's disk or of a Windows ISO file. */
export const diskImport = command({
  name: 'disk import',
  summary: 'make a parent image of a virtual machine or of a Windows 11 ISO file',
  description: [
    'The disk (.ova, .vmdk, .vhd, .vhdx, .raw) or the ISO file lies in the bucket of a deployed DiskImport: aws s3 cp FILE s3://BUCKET/.',
    'VM Import/Export makes an AMI of it and EC2 Image Builder an image, which ParentImage.fromImportedDisk(NAME) names.',
    'Calls AWS with the credentials of the environment. Exits with status 0 when the image can be a parent, 1 when the import failed.',
  ],
  operands: 'DISK',
  options: {
    'stack': single('NAME', forms.text, 'stack that declares the DiskImport'),
    'name': single('NAME', matching(/^(?=.{3,50}$)[a-z0-9]+(-[a-z0-9]+)*$/, '3 to 50 lower-case letters, digits and single hyphens'), 'name of the image'),
    'version': single('X.Y.Z', matching(/^\d+\.\d+\.\d+$/, 'three numbers, such as 1.0.0'), 'its version (default: 1.0.0)'),
    'platform': single('OS', oneOf('Linux', 'Windows'), 'linux or windows (default: linux; an ISO file is windows)'),
    'os-version': single('TEXT', forms.text, 'version of the operating system, as EC2 Image Builder names it'),
    'license': single('TYPE', oneOf('AWS', 'BYOL'), 'license of Windows: of AWS, or your own (default: what the service decides)'),
    'boot-mode': single('MODE', oneOf('legacy-bios', 'uefi', 'uefi-preferred'), 'how the machine boots (default: what the service finds)'),
    'image-index': single('N', forms.wholeNumber(1), 'edition in the ISO file (default: what the service chooses)'),
    'no-wait': flag('end once the import has begun'),
    'region': single('NAME', forms.region, 'region of the stack (default: that of the environment)'),
  },
  async run(values, { out, err }, [disk, ...more]) {
    if (values.stack === undefined || values.name === undefined) throw new UsageError('disk import needs --stack NAME and --name NAME');
    if (disk === undefined || more.length > 0) throw new UsageError('disk import takes one disk: a key of the bucket, or s3://BUCKET/KEY');
    const settings = values.region === undefined ? {} : { region: values.region };
    const clients = {
      cloudFormation: new CloudFormationClient(settings), ec2: new EC2Client(settings), imageBuilder: new ImagebuilderClient(settings),
    };
    const wait = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, LOOK_AGAIN_SECONDS * 1000); });
    try {
      const request = requestOf(disk, values.name, values);
      const target = await findTarget(clients.cloudFormation, values.stack);
      await bring(request, target, { ...clients, wait, say: err }, values['no-wait'], out);
      return 0;
    } catch (error) {
      if (!(error instanceof Error) || error instanceof UsageError) throw error;
      err(`golden-images: ${disk} was not imported: ${error instanceof DiskError ? error.message : `${error.name}: ${error.message}`}`);
      return 1;
    } finally {
      Object.values(clients).forEach((client) => client.destroy());
    }
  },
});

async function bring(
  request: DiskRequest, target: DiskTarget, ports: ImportPorts, noWait: boolean, out: (text: string) => void,
): Promise<void> {
  const started = await startImport(request, target, ports);
  ports.say(`${started.imageArn} is being imported`);
  out(noWait ? started.imageArn : await followImport(started, ports));
  const windows = request.platform === 'Windows' ? ', { platform: Platform.WINDOWS }' : '';
  ports.say(`as a parent: ParentImage.fromImportedDisk('${request.name}'${windows})`);
}

interface Given {
  readonly 'version': string | undefined;
  readonly 'platform': 'Linux' | 'Windows' | undefined;
  readonly 'os-version': string | undefined;
  readonly 'license': 'AWS' | 'BYOL' | undefined;
  readonly 'boot-mode': DiskRequest['bootMode'] | undefined;
  readonly 'image-index': number | undefined;
}

function requestOf(text: string, name: string, given: Given): DiskRequest {
  const disk = readDisk(text);
  const iso = disk.format === 'ISO';
  const misplaced = iso ? ['os-version', 'license', 'boot-mode'] as const : ['image-index'] as const;
  const wrong = misplaced.find((option) => given[option] !== undefined);
  if (wrong) throw new UsageError(`--${wrong} says nothing of ${iso ? 'an ISO file' : 'a disk'}`);
  if (iso && given.platform === 'Linux') throw new UsageError('only ISO files of Windows are imported');
  const platform = iso ? 'Windows' : given.platform ?? 'Linux';
  if (platform === 'Linux' && given.license === 'AWS') throw new UsageError('Linux is imported with its own license only');
  return {
    disk,
    name,
    platform,
    version: given.version ?? '1.0.0',
    ...(given['os-version'] ? { osVersion: given['os-version'] } : {}),
    ...(given.license ? { license: given.license } : {}),
    ...(given['boot-mode'] ? { bootMode: given['boot-mode'] } : {}),
    ...(given['image-index'] ? { imageIndex: given['image-index'] } : {}),
  };
}
