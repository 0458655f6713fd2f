import { isLeaving } from './instances';
import type { FleetObservation, GroupInstance, TargetObservation, TemplateVersion } from './observation';
import { isStrangersTemplate } from './other-template';
import type { FleetState } from './state';
import { lastKnownGood } from './state';
import { newest } from './templates';
import { isBelieved, isLiteral } from './versions';

/**
 * What an instance runs that the ledger does not know; undefined for one that is as it should be, or may be. What EC2 does not tell (yet)
 * is not held against it.
 */
export function strangeness(
  state: FleetState, observation: FleetObservation, target: TargetObservation, instance: GroupInstance,
): string | undefined {
  if (isLeaving(instance) || instance.ami === undefined || state.takenOver?.includes(instance.id)) return undefined;
  // Of a stranger's template neither versions nor their numbers say anything.
  const judged = isStrangersTemplate(state, target) ? { ...instance, templateVersion: undefined } : instance;
  const version = target.versions.find(({ number }) => number === judged.templateVersion);
  return strangeImage(state, observation, target, instance.ami, version) ?? strangeVersion(state, target, judged, version);
}

function strangeImage(
  state: FleetState, observation: FleetObservation, target: TargetObservation, ami: string, version: TemplateVersion | undefined,
): string | undefined {
  if (knownImages(state, observation).has(ami)) return undefined;
  return version && choosesImage(state, observation, target, version) ? undefined : `runs ${ami}`;
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

