import { isRetained } from './instances';
import type { FleetObservation, TargetObservation, TemplateVersion } from './observation';
import { missingPart, stackObstacle } from './obstacles';
import { tooLong } from './patience';
import { protection } from './protection';
import { fruitless } from './restraint';
import type { FleetState } from './state';
import { lastKnownGood } from './state';
import { MANY_VERSIONS, MOST_VERSIONS } from './versions';
import { isStranded, STRANDED, wanted } from './wanted';

/**
 * `frozen`: nothing is started any more (invariant 29); `missing`: something that the fleet is made of does not exist; `unsupported`: a
 * group cannot be rolled as it is; `protected`: instances that may not be replaced keep the fleet from what it should be brought to;
 * `retained`: instances wait for somebody to end them; `stuck`: a step has no effect; `waiting`: longer than a day; `full`: a launch
 * template is about to have as many versions as it may; `foreign`: a version, an instance or overrides of a group of which the ledger knows nothing;
 * `unreadable`: the ledger of the stack that publishes the channel.
 */
export interface OperatorNeed {
  readonly kind: 'frozen' | 'missing' | 'unsupported' | 'protected' | 'retained' | 'stuck' | 'waiting' | 'full' | 'foreign' | 'unreadable';
  readonly reason: string;
}

/** What will not pass until somebody does something. What an operator chose (a group at zero, suspended processes, a pause) is not in it. */
export function needsOperator(state: FleetState, observation: FleetObservation): OperatorNeed[] {
  const frozen = state.frozen?.reason ?? (!state.rollout && isStranded(state, observation) ? STRANDED : undefined);
  // While a stack is at work, what is missing may be about to come, or to go.
  const missing = stackObstacle(observation) ? [] : missingParts(state, observation);
  const { targets, now } = observation;
  return [
    ...needs('frozen', frozen === undefined ? [] : [frozen]),
    ...needs('missing', missing),
    ...needs('unsupported', targets.flatMap(({ group }) => (group?.unsupported ? [`group ${group.name} cannot be rolled: ${group.unsupported}`] : []))),
    ...needs('protected', shielded(state, observation)),
    ...needs('retained', targets.flatMap(retained)),
    ...needs('stuck', fruitless(state, now)),
    ...needs('waiting', [...tooLong(state, now), ...repeated(state)]),
    ...needs('full', targets.flatMap(full)),
    ...needs('unreadable', observation.releaseUnreadable === undefined ? [] : [observation.releaseUnreadable]),
    ...needs('foreign', [...new Set(targets.flatMap(foreignVersions))]),
    ...needs('foreign', targets.flatMap(foreignInstances)),
  ];
}

/** Rollouts in a row that failed without anybody to blame: what is wrong around the image does not pass by itself. */
const FAILURES_THAT_ALARM = 3;

const repeated = ({ backoff, history }: FleetState): string[] => ((backoff?.attempts ?? 0) < FAILURES_THAT_ALARM ? [] : [
  `${backoff!.attempts} rollouts in a row failed for reasons outside the image, the last one: ${history[history.length - 1]?.reason ?? 'no reason given'}`,
]);

const needs = (kind: OperatorNeed['kind'], reasons: readonly string[]): OperatorNeed[] => reasons.map((reason) => ({ kind, reason }));

/** Only where something waits for it. */
function shielded(state: FleetState, observation: FleetObservation): string[] {
  const wants = state.rollout !== undefined || wanted(state, observation).pair !== undefined;
  return wants ? observation.targets.flatMap((target) => protection(observation, target) ?? []) : [];
}

/** AWS keeps them, and bills them, until somebody ends them (user guide, "Control instance retention with instance lifecycle policies"). */
function retained({ group }: TargetObservation): string[] {
  const ids = (group?.instances ?? []).filter(isRetained).map(({ id }) => id);
  return ids.length > 0 ? [`group ${group!.name} retains ${ids.join(', ')}, whose termination hook was abandoned`] : [];
}

const full = ({ group, versions }: TargetObservation): string[] => (versions.length < MANY_VERSIONS ? [] : [
  `launch template ${group?.templateId} has ${versions.length} versions of at most ${MOST_VERSIONS}`,
]);

/** Never rolled, and said until somebody deletes them or a deploy declares them. */
function foreignVersions({ group, versions }: TargetObservation): string[] {
  const foreign = versions.filter(({ origin }) => origin === 'foreign');
  if (foreign.length > SEVERAL) return [summary(group?.templateId, foreign)];
  return foreign.map((each) => `version ${each.number} of launch template ${group?.templateId}, made by ${makerOf(each)}, was recorded by no deploy; it is not rolled`);
}

/** More are told in one line. */
const SEVERAL = 3;

const makerOf = ({ createdBy }: TemplateVersion): string => createdBy ?? 'nobody knows whom';

function summary(templateId: string | undefined, foreign: readonly TemplateVersion[]): string {
  const makers = [...new Set(foreign.map(makerOf))];
  const others = makers.length > SEVERAL ? ` and ${makers.length - SEVERAL} others` : '';
  return `${foreign.length} versions of launch template ${templateId}, from ${foreign[0]!.number} to ${foreign[foreign.length - 1]!.number}, `
    + `made by ${makers.slice(0, SEVERAL).join(', ')}${others}, were recorded by no deploy; they are not rolled`;
}

const foreignInstances = ({ group }: TargetObservation): string[] => (group?.instances ?? []).flatMap(({ id, foreign }) =>
  (foreign === undefined ? [] : [`instance ${id} of group ${group!.name} ${foreign}, which the ledger does not have`]));

/** What the fleet is made of and does not exist; also said in the status document. */
export function missingParts(state: FleetState, observation: FleetObservation): string[] {
  const good = lastKnownGood(state);
  const gone = good && !observation.usableImages.includes(good.ami) ? [`${good.ami}, the last known good AMI, cannot be launched`] : [];
  const alarms = observation.intent.rollout.alarmNames.filter((name) => !observation.alarms.some((alarm) => alarm.name === name));
  return [...gone, ...observation.targets.flatMap((target) => missingPart(target) ?? []), ...alarms.map((name) => `alarm ${name} does not exist`)];
}
