import type { Story } from './story';
import type { CdkCli } from '../../../golden-images/src/rehearsal/cdk-cli';
import type { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';
import type { Observer } from '../../../golden-images/src/rehearsal/observer';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';
import { channelParameterName, fleetParameterName, fleetStatusName, type FleetStatusDocument } from '../../../src/contract';

/** Names that examples/web-fleet/app.ts gives. */
export const names = { stack: 'WebFleet', namespace: 'webfleet', base: 'base', baseline: 'baseline', web: 'web', fleet: 'web' } as const;

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => minutes(60 * count);
export const days = (count: number): number => hours(24 * count);

/** What the chapters of the demonstration share. */
export interface Context {
  readonly local: LocalAws;
  readonly cdk: CdkCli;
  readonly story: Story;
  readonly observer: Observer;
}

export function fleetStatus({ local }: Context): FleetStatusDocument | undefined {
  const text = local.world.get(SsmService).value(fleetStatusName(names.namespace, names.fleet));
  return text === undefined ? undefined : JSON.parse(text) as FleetStatusDocument;
}

export const fleetImage = ({ local }: Context): string | undefined =>
  local.world.get(SsmService).value(fleetParameterName(names.namespace, names.fleet));

export const channelImage = ({ local }: Context, image: string, channel: string): string | undefined =>
  local.world.get(SsmService).value(channelParameterName(names.namespace, image, channel));

/** Runs the cdk command line and says so. */
export async function deploy(context: Context, ...args: string[]): Promise<{ ok: boolean; output: string }> {
  context.story.say(`$ cdk ${args.join(' ')}`);
  const { exitCode, output } = await context.cdk.run(...args);
  return { ok: exitCode === 0, output };
}
