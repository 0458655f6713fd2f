import type { Action } from './decision';
import { keyOfDeclaration } from './deploys';
import type { FleetObservation, TargetObservation, TemplateVersion } from './observation';
import { stackObstacle } from './obstacles';
import { isStrangersTemplate } from './other-template';
import type { FleetState, TemplateRecord } from './state';
import { newest } from './versions';
import { OWNER_TAG } from '../../../contract';

/** Hashes that a record holds of each kind: older versions are believed by their number, so that it stays within one item of the ledger. */
const HASHES = 1000;

/** A note for people in the description of a version that the controller of this fleet makes. What is believed is the record of the answer. */
export const ownerMark = (namespace: string, fleet: string): string => `${OWNER_TAG}=${namespace}/${fleet}`;

/** What is known of the launch template of a target: as recorded, or as it is when it is met for the first time. */
export const recordOf = (state: FleetState, target: TargetObservation): TemplateRecord =>
  state.templates?.[target.group?.templateId ?? ''] ?? { takenOver: isFound(state, target) ? newest(target) : 0, own: {} };

/**
 * Whether a template is taken over as it is: by the first look of a controller that records versions, whose former ones did not; later
 * where no deploy declares what is in it, since its group is made elsewhere; never where the deploy declares another template.
 */
export function isFound(state: FleetState, target: TargetObservation): boolean {
  if (state.templates === undefined) return true;
  const { group, declarations, anyVersion } = target;
  if (state.templates[group?.templateId ?? ''] !== undefined || isStrangersTemplate(state, target)) return false;
  return declarations === undefined || anyVersion === true;
}

/** Keeps for each template what is known of its versions, as long as it is declared, or there are any, or instances of them. */
export function rememberTemplates(state: FleetState, observation: FleetObservation): FleetState {
  // A new template may be declared before its stack has settled.
  if (state.templates && stackObstacle(observation)) return state;
  const named = observation.targets.flatMap(({ group }) => (group?.instances ?? []).flatMap(({ launchedFrom }) => launchedFrom ?? []));
  const former = Object.entries(state.templates ?? {}).filter(([id]) =>
    observation.targets.some(({ declaredTemplateId }) => declaredTemplateId === id) || named.some((each) => each.startsWith(`${id}#`)));
  const ours = observation.targets.filter((target) => !isStrangersTemplate(state, target));
  const present = ours.flatMap((target): Array<[string, TemplateRecord]> => (target.group?.templateId
    ? [[target.group.templateId, tidy(accept(state, target, withMarked(state, observation, target)), target)]] : []));
  return { ...state, templates: Object.fromEntries([...former, ...present]) };
}

/** Records a version from EC2's answer to the call that made it. */
export function noteVersion(state: FleetState, templateId: string, { number, contentHash }: TemplateVersion): FleetState {
  const { requested: _, ...rest } = state;
  const record = state.templates?.[templateId] ?? { takenOver: 0, own: {} };
  return { ...rest, templates: { ...state.templates, [templateId]: { ...record, own: { ...record.own, [number]: contentHash } } } };
}

/** What is wrong with the answer to a request for a version: it is recorded only where it is what was asked for. */
export function madeOtherwise(
  { templateId, source, ami }: Extract<Action, { type: 'create-version' }>, made: TemplateVersion, { targets }: FleetObservation,
): string | undefined {
  const versions = targets.find(({ group }) => group?.templateId === templateId)?.versions ?? [];
  const expected = versions.find(({ number }) => number === source)?.configurationHash;
  if (made.image === ami && made.configurationHash === expected) return undefined;
  return `version ${made.number} of launch template ${templateId} was made with another content than asked for: ${ami} in the configuration of version ${source}`;
}

/** Before versions were recorded, their mark was all that told which were ours. */
function withMarked(state: FleetState, { namespace, intent }: FleetObservation, target: TargetObservation): TemplateRecord {
  const record = recordOf(state, target);
  if (state.templates) return record;
  const marked = target.versions.filter(({ description }) => description === ownerMark(namespace, intent.name));
  return { ...record, own: Object.fromEntries(marked.map(({ number, contentHash }) => [number, contentHash])) };
}

/** What a deploy declared which has ended well is believed from then on. */
function accept(state: FleetState, target: TargetObservation, record: TemplateRecord): TemplateRecord {
  const well = (target.declarations ?? []).filter((each) => state.deploys?.[keyOfDeclaration(target, each)] === true);
  if (well.length === 0) return record;
  return {
    ...record,
    declared: { ...record.declared, ...Object.fromEntries(well.map(({ number, contentHash }) => [number, contentHash])) },
    overrides: well[well.length - 1]!.overridesHash ?? '',
  };
}

/** Overrides of a mixed instances policy choose what is launched as a template does; there is no telling who put them there. */
export function strangeOverrides(state: FleetState, target: TargetObservation): string | undefined {
  const { overrides } = recordOf(state, target);
  if (target.anyVersion || overrides === undefined || overrides === (target.group?.overridesHash ?? '')) return undefined;
  return 'its mixed instances policy has overrides that no deploy recorded';
}

/** Forgets versions that are gone; one that is newer than all that are listed may be missing from a list that lags. */
function tidy(record: TemplateRecord, target: TargetObservation): TemplateRecord {
  if (target.versions.length === 0) return record;
  const run = target.group!.instances.flatMap(({ templateVersion }) => templateVersion ?? []);
  const there = new Set([...target.versions.map(({ number }) => number), ...run]);
  const kept = (number: string): boolean => there.has(number) || Number(number) > newest(target);
  const own = newestOf(record.own, kept);
  const declared = newestOf(record.declared ?? {}, kept);
  const former = [...(record.former ?? []).filter((each) => kept(`${each}`)), ...own.older, ...declared.older];
  return {
    takenOver: record.takenOver,
    own: own.hashes,
    ...(Object.keys(declared.hashes).length > 0 ? { declared: declared.hashes } : {}),
    ...(record.overrides === undefined ? {} : { overrides: record.overrides }),
    ...(former.length > 0 ? { former } : {}),
  };
}

function newestOf(hashes: Readonly<Record<string, string>>, kept: (number: string) => boolean): { hashes: Record<string, string>; older: number[] } {
  const numbers = Object.keys(hashes).filter(kept).sort((a, b) => Number(b) - Number(a));
  const recent = numbers.slice(0, HASHES).reverse();
  return { hashes: Object.fromEntries(recent.map((each) => [each, hashes[each]!])), older: numbers.slice(HASHES).map(Number) };
}
