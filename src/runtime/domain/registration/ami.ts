import { shown } from './refused';
import { AMI_ID, REQUEST_LIMITS, type RegisteredIntent } from '../../../contract';

/** Name of a region, of any partition. */
export const REGION = /^[a-z]{2,4}(?:-[a-z]{2,12}){1,3}-\d{1,2}$/;

/** An AMI as it can be seen in a region. */
export interface SeenAmi {
  readonly state: string;
  readonly ownerId: string;
  readonly isPublic: boolean;
  readonly architecture: string;
  readonly platform: 'Linux' | 'Windows';
}

/** Why an AMI may not become a version; undefined when it may. */
export function amiProblem(ami: SeenAmi | undefined, wanted: RegisteredIntent, account: string): string | undefined {
  if (!ami) return 'does not exist, or is not shared with this account';
  if (ami.state !== 'available') return `is ${ami.state}, not available`;
  // Who can see an AMI owns it, or it is shared with them; what everybody can see is nobody's release. Anybody may share an AMI with anybody:
  // that it can be seen says nothing of its owner.
  if (ami.ownerId !== account && ami.isPublic) return `is a public AMI of ${ami.ownerId}, neither ours nor shared with us; copy it first`;
  if (ami.ownerId !== account && !wanted.owners?.includes(ami.ownerId)) {
    return `belongs to account ${ami.ownerId}; name it among the owners of ${wanted.path ?? 'the RegisteredImage'}, or copy the AMI first`;
  }
  if (ami.architecture !== wanted.architecture) return `is of architecture ${ami.architecture}, the image of ${wanted.architecture}`;
  return ami.platform === wanted.platform ? undefined : `is of ${ami.platform}, the image of ${wanted.platform}`;
}

/** What is wrong with the ids themselves, before anybody looks at the AMIs. */
export function idProblem(amis: Readonly<Record<string, string>>, regions: readonly string[]): string | undefined {
  const entries = Object.entries(amis);
  if (entries.length > REQUEST_LIMITS.regions) return `AMIs of ${entries.length} regions are given; the limit is ${REQUEST_LIMITS.regions}`;
  const nowhere = entries.find(([region]) => !REGION.test(region));
  if (nowhere) return `'${shown(nowhere[0])}' is no region`;
  const invalid = entries.find(([, id]) => typeof id !== 'string' || !AMI_ID.test(id));
  if (invalid) return `'${shown(invalid[1])}' of ${invalid[0]} is no id of an AMI`;
  const missing = regions.filter((region) => amis[region] === undefined);
  return missing.length > 0 ? `no AMI is given for ${missing.join(', ')}, which the channels of the image serve` : undefined;
}
