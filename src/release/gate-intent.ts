import { GateKind, type GateConfig } from './gate';
import type { GateIntent } from '../contract';
import type { IImage } from '../image/image';
import { InvalidInputError } from '../private/errors';

/** A gate, as the registry records it. A kind that nobody knows is refused: it must not become a gate that is open. */
export function gateIntent(image: IImage, { kind, soakChannel, soakTime }: GateConfig): GateIntent {
  switch (kind) {
    case GateKind.IMAGE_TESTS: return { type: 'image-tests' };
    case GateKind.SOAK: return { type: 'soak', channel: soakChannel ?? 'latest', seconds: soakTime?.toSeconds() ?? missing(image) };
    default: return unknown(image, kind);
  }
}

function missing(image: IImage): never {
  throw new InvalidInputError(image, {
    what: 'a gate of kind soak has no soakTime', expected: 'how long a version must have stayed in the channel', fix: 'give its config a soakTime',
  });
}

function unknown(image: IImage, kind: never): never {
  throw new InvalidInputError(image, {
    what: `a gate has the kind '${String(kind)}', which does not exist`, expected: Object.values(GateKind).join(' or '), fix: 'correct the kind in its config',
  });
}
