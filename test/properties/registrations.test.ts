import * as fc from 'fast-check';
import { histories, IMAGES, Story, type Happening } from './registrations/history';
import type { Registration } from '../../src/contract';
import { compareVersions, versionOf } from '../../src/runtime/domain/image';
import { pointer, REGION } from '../runtime/support/intents';

const parameters = process.env.SOAK ? { numRuns: 2000 } : { seed: 42, numRuns: 40 };
/** Rare ones: a build that is stopped while it registers, and seen as failed before its registration is written. */
const examples: Array<[Happening[]]> = [[[
  { type: 'builds', endings: ['stopped-while-registering'] }, { type: 'register', amis: ['fresh'] }, { type: 'wait', minutes: 60 },
]]];
const CHANNELS = ['latest', 'production'] as const;

const registrations = (story: Story, image: string): readonly Registration[] => story.elsewhere.document(image)?.registrations ?? [];

/** Watches every write of a pointer, as it happens. */
function watch(story: Story): string[] {
  const violations: string[] = story.elsewhere.violations;
  const before = new Map<string, string>();
  story.installation.parameters.onPut = (name, value) => {
    for (const image of IMAGES) {
      for (const channel of CHANNELS) {
        if (name === pointer(image, channel)) violations.push(...wrongMove(story, image, channel, before.get(name), value));
      }
    }
    before.set(name, value);
  };
  return violations;
}

function wrongMove(story: Story, image: string, channel: string, before: string | undefined, ami: string): string[] {
  const record = story.installation.image(image)!;
  const found = registrations(story, image).filter(({ amis }) => amis[REGION] === ami);
  const version = found[0] && versionOf(record, found[0].version);
  const previous = record.versions.find(({ amis }) => amis[REGION] === before);
  if (found.length !== 1 || !version) return [`${image}/${channel} points to ${ami}, which is ${found.length} versions`];
  const wrong: string[] = [];
  const accepted = JSON.parse(record.acceptedIntent!) as { regions: string[] };
  const missing = accepted.regions.filter((region) => !version.amis[region] || story.elsewhere.gone.has(version.amis[region]));
  if (missing.length > 0) wrong.push(`${image}/${channel} moved to ${version.version}, which has no AMI in ${missing.join(', ')}`);
  if (version.withdrawal) wrong.push(`${image}/${channel} points to ${version.version}, which is withdrawn`);
  if (previous && compareVersions(version, previous) < 0 && !previous.withdrawal) wrong.push(`${image}/${channel} went back without need`);
  return wrong;
}

/** What was ever answered holds; every set of AMIs is one version, and versions are counted without a gap. */
function wrongLedger(story: Story): string[] {
  const wrong: string[] = [];
  for (const image of IMAGES) {
    const all = registrations(story, image);
    if (all.some(({ version }, index) => version !== `1.0.${index + 1}/1`)) wrong.push(`versions of ${image} are not counted: ${all.map(({ version }) => version)}`);
    const ids = all.flatMap(({ amis }) => Object.values(amis));
    if (new Set(ids).size !== ids.length) wrong.push(`an AMI of ${image} is in two versions`);
  }
  for (const answer of story.elsewhere.answers) {
    if (!('version' in answer)) continue;
    const told = registrations(story, answer.image).find(({ version }) => version === answer.version);
    if (JSON.stringify(told?.amis) !== JSON.stringify(answer.amis)) wrong.push(`${answer.version} of ${answer.image} was answered, and is something else`);
  }
  return wrong;
}

/** Once nothing goes wrong any more: every registration is one version of the record, and channels stand on the newest that may be there. */
function unsettled(story: Story, image: typeof IMAGES[number]): string[] {
  const { installation } = story;
  const record = installation.image(image);
  if (!record) return [`${image} was never looked at`];
  const wrong: string[] = [];
  for (const { version } of registrations(story, image)) {
    const times = record.versions.filter((each) => each.version === version).length;
    if (times !== 1) wrong.push(`${version} of ${image} was registered and is recorded ${times} times`);
  }
  if (record.building) wrong.push(`a build of ${image} does not end`);
  const regions = image === 'golden' ? story.regions : [REGION];
  const newest = record.versions.filter(({ withdrawal, amis }) => !withdrawal && regions.every((region) => amis[region])).sort(compareVersions).pop();
  for (const channel of CHANNELS) {
    const document = record.channels[channel]?.document;
    if (JSON.stringify(document) !== JSON.stringify(installation.release(image, channel))) wrong.push(`${image}/${channel} is not what the ledger says`);
    // The fleet of golden's production may have said no, which sends the channel back.
    const wentBack = image === 'golden' && record.versions.some(({ withdrawal }) => withdrawal?.type === 'blocked');
    const stood = document && versionOf(record, document.version);
    const older = newest && (!stood || compareVersions(stood, newest) < 0);
    if (older && !(channel === 'production' && wentBack) && !stood?.withdrawal) wrong.push(`${image}/${channel} stands on ${document?.version}, not on ${newest.version}`);
  }
  return wrong;
}

async function live(history: readonly Happening[]): Promise<{ story: Story; violations: string[] }> {
  const story = new Story();
  const violations = watch(story);
  await story.settle();
  for (const what of history) await story.happen(what);
  return { story, violations };
}

async function calmDown(story: Story): Promise<void> {
  story.installation.faults.clear();
  story.installation.fates = [];
  story.elsewhere.endings.length = 0;
  for (let hour = 0; hour < 30; hour += 1) {
    await story.installation.run(60);
    await story.canary('commit');
  }
}

test('whatever happens to registrations: none is lost or doubled, and channels move only to what is complete', async () => {
  await fc.assert(fc.asyncProperty(histories, async (history) => {
    const { story, violations } = await live(history);
    expect([...violations, ...wrongLedger(story)]).toEqual([]);
    await calmDown(story);
    expect([...violations, ...wrongLedger(story), ...IMAGES.flatMap((image) => unsettled(story, image))]).toEqual([]);
    const revisions = (): unknown[] => IMAGES.map((image) => story.installation.ledger.records.get(`image#shop#${image}`)?.revision);
    const rested = revisions();
    await story.installation.run(6 * 60);
    expect(revisions()).toEqual(rested);
  }), { ...parameters, examples });
});
