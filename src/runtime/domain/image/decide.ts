import { decideBuild } from './decide-build';
import { decideChannel } from './decide-channels';
import { decideVersions } from './decide-versions';
import { change, nothing, wait, type ImageDecision } from './decision';
import type { ImageObservation } from './observation';
import type { ImageRecord } from './record';
import { iso } from './versions';

const STACK_LOOK_SECONDS = 60;

/**
 * The next step of an image. Everything it knows is in its arguments.
 *
 * While a deploy is in progress nothing happens: what it intends may yet be withdrawn. After one that stopped half-way, the intent is
 * acted on only if an earlier deploy settled with exactly it.
 */
export function decideImage(record: ImageRecord, look: ImageObservation): ImageDecision {
  if (look.stack === 'gone') return nothing('the stack is being deleted');
  if (look.stack === 'busy') return wait(STACK_LOOK_SECONDS, 'the stack is in progress');
  const text = JSON.stringify(look.intent);
  if (record.acceptedIntent !== text) {
    if (look.stack === 'failed') return nothing('no deploy has settled with this intent');
    const { recipeArn, contentHash, inputs } = look.intent;
    return change({ type: 'accept-intent', recipeArn, contentHash, ...(inputs ? { inputs } : {}), text, at: iso(look.now) });
  }
  return firstStep([
    decideVersions(record, look),
    ...look.intent.channels.map((channel) => decideChannel(record, look, channel)),
    decideBuild(record, look),
  ]);
}

/** The first thing to do; with nothing to do, the shortest wait. */
function firstStep(candidates: ReadonlyArray<ImageDecision | undefined>): ImageDecision {
  const decisions = candidates.filter((each) => each !== undefined);
  const step = decisions.find(({ type }) => type !== 'wait' && type !== 'nothing');
  if (step) return step;
  const waits = decisions.filter((each) => each.type === 'wait').sort((a, b) => a.seconds - b.seconds);
  return waits[0] ?? decisions.find(({ type }) => type === 'nothing') ?? nothing('up to date');
}
