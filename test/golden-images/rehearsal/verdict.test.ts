import type { FleetFacts } from '../../../golden-images/src/rehearsal/fleet-facts';
import { verdict, type VerdictFacts } from '../../../golden-images/src/rehearsal/verdict';

const fleet: FleetFacts = {
  name: 'web',
  follows: 'web:production',
  canaryInstances: 1,
  channelAmi: 'ami-2',
  channelSick: false,
  committed: '1.0.0/2',
  ami: 'ami-2',
  amiSick: false,
  rolling: false,
  running: { 'ami-2': 6 },
};
const rollout = (version: string, outcome: 'committed' | 'rolled-back') => ({ version, outcome, kind: 'image' as const, instancesTouched: 1 });
const well: VerdictFacts = {
  summary: { images: [{ name: 'web', versions: [{ version: '1.0.0/2', state: 'released (production)' }] }], fleets: [{ name: 'web', rollouts: [rollout('1.0.0/2', 'committed')] }] },
  fleets: [fleet],
  faults: [],
  sickInstances: 0,
};
const failures = (facts: Partial<VerdictFacts>): string[] => verdict({ ...well, ...facts }).filter(({ holds }) => !holds).map(({ what }) => what);
const sick: Partial<VerdictFacts> = {
  faults: [{ kind: 'sick', image: 'web', day: 8 }],
  sickInstances: 1,
  summary: { ...well.summary, fleets: [{ name: 'web', rollouts: [rollout('1.0.0/2', 'committed'), rollout('1.0.0/3', 'rolled-back')] }] },
};

describe('the verdict', () => {
  test('is good when every fleet runs what its channel holds', () => {
    expect(failures({})).toEqual([]);
  });

  test.each<[string, Partial<FleetFacts>]>([
    ['was never committed', { committed: undefined }],
    ['is behind its channel', { ami: 'ami-1', running: { 'ami-1': 6 } }],
    ['runs two images', { running: { 'ami-1': 1, 'ami-2': 5 } }],
    ['is in the middle of a rollout', { rolling: true }],
    ['was committed on a sick image', { amiSick: true }],
  ])('is bad when a fleet %s', (_what, change) => {
    expect(failures({ fleets: [{ ...fleet, ...change } as FleetFacts] })).toEqual(['fleet web runs what web:production holds']);
  });

  test('is bad without any image, and when something failed unasked', () => {
    expect(failures({ fleets: [], summary: { images: [], fleets: [] } })).toEqual(['at least one image was built']);
    expect(failures({ summary: sick.summary! })).toEqual(['no rollout was rolled back']);
    const broken = { ...well.summary, images: [{ name: 'web', versions: [{ version: '1.0.0/1', state: 'build-failed' }, { version: '1.0.0/2', state: 'superseded' }] }] };
    expect(failures({ summary: broken })).toEqual(['no build failed']);
    expect(failures({ summary: broken, faults: [{ kind: 'fail', image: 'web', day: 1 }] })).toEqual([]);
  });

  test('of a sick image is good when the fleet keeps its last known good one, wherever the channel stands', () => {
    expect(failures(sick)).toEqual([]);
    expect(failures({ ...sick, fleets: [{ ...fleet, channelAmi: 'ami-3', channelSick: true }] })).toEqual([]);
    expect(failures({ ...sick, fleets: [{ ...fleet, channelAmi: 'ami-3', channelSick: true, ami: 'ami-3', amiSick: true, running: { 'ami-3': 6 } }] })).toHaveLength(1);
  });

  test('of a sick image is bad when more than the canary ran it, or nobody', () => {
    expect(failures({ ...sick, sickInstances: 2 })).toEqual(['at most one instance ran it']);
    expect(failures({ ...sick, sickInstances: 0 })).toEqual(['the sick image reached a fleet']);
  });

  test('of a failed build is bad when none failed', () => {
    expect(failures({ faults: [{ kind: 'fail', image: 'web', day: 1 }] })).toEqual(['the build that was asked to fail failed']);
  });
});
