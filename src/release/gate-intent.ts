import { GateKind, type GateConfig } from './gate';
import type { GateIntent } from '../contract';

/** A gate, as the registry records it. */
export function gateIntent(config: GateConfig): GateIntent {
  return config.kind === GateKind.IMAGE_TESTS
    ? { type: 'image-tests' }
    : { type: 'soak', channel: config.soakChannel ?? 'latest', seconds: config.soakTime?.toSeconds() ?? 0 };
}
