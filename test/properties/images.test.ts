import * as fc from 'fast-check';
import { attackedHistories, FOREIGN, histories, IMAGES, parentPointer, Story, type Happening } from './image-history';
import { compareVersions, versionOf } from '../../src/runtime/domain/image';
import { HOUR, pointer, REGION } from '../runtime/support/intents';

const parameters = process.env.SOAK ? { numRuns: 2000 } : { seed: 42, numRuns: 100 };
const CHANNELS = ['latest', 'production'] as const;
/** Builds of one cause, at most. */
const TRIES = 3;

/**
 * Rare ones: builds that fail without end; a build from a rolled-back deploy that ends after the next deploy, whose recipe has the same
 * version, has settled.
 */
const examples: Array<[Happening[]]> = [[[
  { type: 'failing-builds', image: 'base', times: 12 },
  { type: 'wait', minutes: 1500 },
]], [[
  { type: 'wait', minutes: 200 },
  { type: 'deploy', image: 'base', outcome: 'rolls-back', recorded: true, built: true, minutes: 1 },
  { type: 'deploy', image: 'base', outcome: 'settles', recorded: true, built: false, minutes: 1 },
  { type: 'wait', minutes: 200 },
]]];

/** Watches every write of a pointer, as it happens. */
function watch(story: Story): string[] {
  const violations: string[] = story.installation.images.violations;
  const before = new Map<string, string>();
  story.installation.parameters.onPut = (name, value) => {
    for (const image of IMAGES) {
      if (parentPointer[image] === name && before.get(name) !== value) story.causes.set(image, (story.causes.get(image) ?? 0) + 1);
      for (const channel of CHANNELS) {
        if (name === pointer(image, channel)) violations.push(...wrongMove(story, image, channel, before.get(name), value));
      }
    }
    before.set(name, value);
  };
  return violations;
}

function wrongMove(story: Story, image: string, channel: string, before: string | undefined, ami: string): string[] {
  const { images } = story.installation;
  const record = story.installation.image(image)!;
  const build = images.all.find((each) => each.ami === ami);
  const version = build && versionOf(record, build.version);
  const previous = record.versions.find(({ amis }) => amis[REGION] === before);
  const wrong: string[] = [];
  if (!build || !version || images.status(build) !== 'available') return [`${image}/${channel} points to ${ami}, which no build gave`];
  if (!story.settledContents.get(image)!.has(build.content)) wrong.push(`${build.version} of ${image} comes from a deploy that never settled`);
  if (build.evil) wrong.push(`${image}/${channel} points to ${version.version}, which was not built of what a deploy declared`);
  // What somebody else wrote into a frozen channel is put right with what that holds, withdrawn as it is.
  if (version.withdrawal && before !== ami) wrong.push(`${image}/${channel} points to ${version.version}, which is withdrawn`);
  if (previous && compareVersions(version, previous) < 0 && !previous.withdrawal) wrong.push(`${image}/${channel} went back without need`);
  const soaked = (Date.parse(version.heads[channel]!) - Date.parse(version.heads.latest!)) / 1000;
  if (channel === 'production' && !(soaked >= HOUR)) wrong.push(`${version.version} of ${image} reached production after ${soaked} s`);
  return wrong;
}

/** `seconds`: how long AWS validates each AMI of a pointer. */
async function live(history: readonly Happening[], seconds = 0): Promise<{ story: Story; violations: string[] }> {
  const story = new Story();
  story.installation.parameters.seconds = () => seconds;
  const violations = watch(story);
  await story.begin();
  for (const what of history) await story.happen(what);
  return { story, violations };
}

/** Nothing goes wrong any more; fleets accept what they are given. */
async function calmDown(story: Story): Promise<void> {
  const { installation } = story;
  installation.faults.clear();
  installation.fates = [];
  installation.images.failing.clear();
  if (installation.stack !== 'settled') await story.settle();
  for (let hour = 0; hour < 30; hour += 1) {
    await installation.run(60);
    await story.canary('commit');
  }
}

function unsettled(story: Story, image: typeof IMAGES[number]): string[] {
  const { installation } = story;
  const record = installation.image(image);
  if (!record) return [`${image} was never looked at`];
  const wrong: string[] = [];
  if (installation.images.inFlight(image).length > 0 || record.building) wrong.push(`a build of ${image} does not end`);
  for (const channel of CHANNELS) {
    const document = record.channels[channel]?.document;
    if (JSON.stringify(document) !== JSON.stringify(installation.release(image, channel))) wrong.push(`${image}/${channel} is not what the ledger says`);
    const newest = record.versions.filter(({ withdrawal }) => !withdrawal).sort(compareVersions).pop();
    const frozen = document && versionOf(record, document.version)?.withdrawal;
    if (newest && !frozen && document?.version !== newest.version && !(channel === 'production' && wentBack(story, image))) {
      wrong.push(`${image}/${channel} stands on ${document?.version}, not on ${newest.version}`);
    }
  }
  const built = record.versions.filter(({ withdrawal }) => !withdrawal || withdrawal.type === 'blocked').sort(compareVersions).pop();
  if ((record.attempts?.count ?? 0) >= TRIES) return wrong;
  const parent = parentPointer[image];
  const parentReleased = !parent || installation.parameters.values.has(parent);
  const canBuild = parentReleased && !parentFrozen(story, image);
  if (canBuild && built?.contentHash !== contentOf(story, image)) wrong.push(`the definition of ${image} is not built`);
  const standsOn = parent && installation.parameters.values.get(parent)?.value;
  if (built && parent && canBuild && built.sourceAmi !== standsOn) wrong.push(`${image} stands on an old parent`);
  return wrong;
}

const contentOf = (story: Story, image: string): string =>
  [...story.installation.images.pipelines.values()].find((each) => each.image === image)!.content;

/** A channel with followers goes back to what was committed, which may be older than other good versions. */
const wentBack = (story: Story, image: string): boolean =>
  image === 'web' && story.installation.image('web')!.versions.some(({ withdrawal }) => withdrawal?.type === 'blocked');

function parentFrozen(story: Story, image: typeof IMAGES[number]): boolean {
  const [parent, channel] = image === 'web' ? ['base', 'production'] : ['web', 'latest'];
  const release = image === 'base' ? undefined : story.installation.release(parent!, channel!);
  return release !== undefined && release.revoked.includes(release.version);
}

test('whatever happens: channels move only forward and only to what passed, one build at a time, no build loop', async () => {
  await fc.assert(fc.asyncProperty(histories, async (history) => {
    const { story, violations } = await live(history);
    for (const image of IMAGES) {
      const started = story.installation.images.all.filter((build) => build.image === image && !build.scheduled).length;
      const foreign = story.installation.image(image)?.versions.find(({ withdrawal }) => withdrawal?.type === 'foreign-build');
      if (foreign) violations.push(`${foreign.version} of ${image} is foreign to nobody's fault: ${JSON.stringify(foreign.withdrawal)}`);
      if (started > TRIES * (story.causes.get(image) ?? 0)) violations.push(`${started} builds of ${image} for ${story.causes.get(image)} causes`);
    }
    expect(violations).toEqual([]);
  }), { ...parameters, examples });
});

test('whoever changes what builds are made of: no channel ever holds such a version', async () => {
  let attacked = 0;
  await fc.assert(fc.asyncProperty(attackedHistories, async (history) => {
    const { story, violations } = await live([...history, { type: 'wait', minutes: 200 }]);
    attacked += story.installation.images.all.filter(({ evil }) => evil).length;
    expect(violations).toEqual([]);
  }), parameters);
  expect(attacked).toBeGreaterThan(50);
});

test.each([0, 7, 45])('once nothing goes wrong any more, everything converges, and stays; validations take %d seconds', async (seconds) => {
  await fc.assert(fc.asyncProperty(histories, async (history) => {
    const { story, violations } = await live(history, seconds);
    await calmDown(story);
    expect([...violations, ...IMAGES.flatMap((image) => unsettled(story, image))]).toEqual([]);
    const writes = story.installation.ledger.records.get('image#shop#web')?.revision;
    await story.installation.run(6 * 60);
    expect(story.installation.ledger.records.get('image#shop#web')?.revision).toBe(writes);
  }), process.env.SOAK ? parameters : { ...parameters, numRuns: 40 });
});

test('what somebody else has written is said to an operator and put right; what is published is no alarm', async () => {
  const quiet = histories.filter((history) => history.every(({ type }) => type !== 'forge'));
  await fc.assert(fc.asyncProperty(quiet, async (history) => {
    const { story } = await live(history, 7);
    await calmDown(story);
    const { log, parameters: { values }, ledger } = story.installation;
    const overwritten = (): string[] => [...new Set(log.lines.filter(({ event }) => event === 'parameter-overwritten').map(({ fields }) => String(fields.parameter)))].sort();
    expect(overwritten()).toEqual([]);
    const published = [...values].filter(([name]) => name.startsWith('/imagebuilder/')).map(([name, { value }]) => [name, value] as const);
    const all = IMAGES.flatMap((image) => CHANNELS.flatMap((channel) => (['pointer', 'document'] as const).map((what) => ({ image, channel, what }))));
    all.filter(({ image, channel }) => story.installation.image(image)?.channels[channel]).forEach((each) => story.forge(each));
    await story.installation.run(60);
    expect(published.filter(([name, value]) => values.get(name)!.value !== value)).toEqual([]);
    expect(overwritten()).toEqual(published.map(([name]) => name).sort());
    expect([...ledger.records].filter(([key, { text }]) => /^(image|fleet)#/.test(key) && text.includes(FOREIGN))).toEqual([]);
  }), { ...parameters, numRuns: process.env.SOAK ? 500 : 20 });
});

test('the same event any number of times makes one build', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 2, max: 30 }), fc.constantFrom(...IMAGES), async (times, image) => {
    const counts = await Promise.all([1, times].map(async (each) => {
      const { story } = await live([
        { type: 'wait', minutes: 600 }, { type: 'deploy', image, outcome: 'settles', recorded: true, built: false, minutes: 1 },
        { type: 'messages', image, times: each }, { type: 'wait', minutes: 600 },
      ]);
      return story.installation.images.all.length;
    }));
    expect(counts[1]).toBe(counts[0]);
  }), { ...parameters, numRuns: 8 });
});
