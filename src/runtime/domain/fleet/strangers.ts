import { isLeaving } from './instances';
import type { FleetObservation, GroupInstance, TargetObservation, TemplateVersion } from './observation';
import { isStrangersTemplate } from './other-template';
import type { FleetState } from './state';
import { lastKnownGood } from './state';
import { isBelieved, isLiteral, newest } from './versions';

/** What an instance runs that the ledger does not know; undefined for one that is as it should be, or may be. */
export type Strangeness = (target: TargetObservation, instance: GroupInstance) => string | undefined;

/** Tells of each instance how strange it is. What EC2 does not tell (yet) is not held against it. */
export function strangenessIn(state: FleetState, observation: FleetObservation): Strangeness {
  const images = knownImages(state, observation);
  return (target, instance) => strangeness(state, observation, images, target, instance);
}

function strangeness(
  state: FleetState, observation: FleetObservation, images: ReadonlySet<string>, target: TargetObservation, instance: GroupInstance,
): string | undefined {
  if (isLeaving(instance) || instance.ami === undefined || state.takenOver?.includes(instance.id)) return undefined;
  // Of a stranger's template neither versions nor their numbers say anything.
  const judged = isStrangersTemplate(state, target) ? { ...instance, templateVersion: undefined } : instance;
  const version = target.versions.find(({ number }) => number === judged.templateVersion);
  const isKnown = images.has(instance.ami) || version && choosesImage(state, observation, target, version);
  return isKnown ? strangeVersion(state, target, judged, version) : `runs ${instance.ami}`;
}

/** What the fleet was ever brought to, or is being brought to. A version that it made and that anything runs is kept, with its AMI. */
export function knownImages(state: FleetState, { targets }: FleetObservation): ReadonlySet<string> {
  const literal = targets.flatMap(({ versions }) => versions.filter((each) => isBelieved(each) && isLiteral(each)).map(({ image }) => image));
  return new Set([...state.committed.map(({ ami }) => ami), ...literal, ...[state.rollout?.ami, state.initialAmi].flatMap((each) => each ?? [])]);
}

/** A parameter of somebody else says which AMI it is: before the first commit, and where versions that are made elsewhere count. */
const choosesImage = (state: FleetState, { intent }: FleetObservation, { anyVersion }: TargetObservation, version: TemplateVersion): boolean =>
  isBelieved(version) && !isLiteral(version) && version.image !== `resolve:ssm:${intent.parameterName}` && (anyVersion === true || !lastKnownGood(state));

function strangeVersion(
  state: FleetState, target: TargetObservation, instance: GroupInstance, version: TemplateVersion | undefined,
): string | undefined {
  if (version) {
    const strange = version.origin === 'foreign' || version.origin === 'left-over';
    return strange ? `was launched from version ${version.number}, which no deploy recorded that ended well` : undefined;
  }
  if (instance.templateVersion !== undefined) {
    const told = isNumbered(state, target.group!.templateId, instance.templateVersion) || Number(instance.templateVersion) > newest(target)
      || (target.declarations ?? []).some(({ number }) => number === instance.templateVersion);
    return told || target.anyVersion ? undefined : `was launched from version ${instance.templateVersion}, which is gone and was never recorded`;
  }
  // assumption: attached-without-template
  const [templateId = '', number = ''] = (instance.launchedFrom ?? '').split('#');
  if (templateId === '') return 'was launched from no launch template';
  return isNumbered(state, templateId, number) ? undefined : `was launched from version ${number} of ${templateId}, which was never recorded`;
}

function isNumbered(state: FleetState, templateId: string, number: string): boolean {
  const { takenOver = 0, own = {}, declared = {}, former = [] } = state.templates?.[templateId] ?? {};
  return Number(number) <= takenOver || number in own || number in declared || former.includes(Number(number));
}
