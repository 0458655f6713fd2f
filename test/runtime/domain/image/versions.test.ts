import { base, at, build, details, look, settle, accepted, after, head } from './observations';
import { image } from '../../support/intents';

describe('recording versions', () => {
  test('a build from a recipe that no settled deploy held is withdrawn, and its content is not taken for built', () => {
    const { record, decision } = after([[build(9, 1, 10), details(9, 'ami-9')]]);
    expect(record.versions).toMatchObject([{ withdrawal: { type: 'intent-withdrawn' } }]);
    expect(head(record, 'latest')).toBeUndefined();
    expect(decision).toMatchObject({ type: 'start-build' });
  });

  test('it stays withdrawn when a later deploy settles with the same recipe', () => {
    const { record, observation } = after([[build(9, 1, 10), details(9, 'ami-9')]]);
    const { record: later } = settle(record, { ...observation, intent: image('base', 9) });
    expect(head(later, 'latest')).toBeUndefined();
  });

  test('so it is when the later deploy settles before the build ends: the recipe has the same version, but was accepted later', () => {
    const early = build(2, 1, 10);
    const { record } = settle(accepted, look({
      intent: image('base', 2), now: at(20), builds: [{ ...early, status: 'in-flight' }],
    }));
    const { record: later } = settle(record, look({ intent: image('base', 2), builds: [early], details: { [early.arn]: details(2, 'ami-x') } }));
    expect(later.versions).toMatchObject([{ withdrawal: { type: 'intent-withdrawn' } }]);
  });

  test('a build whose AMI never appears counts as failed after six hours', () => {
    const missing = { recipeArn: base.recipeArn, tested: true, amis: {} };
    expect(after([[build(1, 1, 599), missing]]).record.versions).toEqual([]);
    expect(after([[build(1, 1, 10), missing]]).record.versions).toMatchObject([{ withdrawal: { type: 'build-failed', reason: 'its AMI does not exist' } }]);
  });

  test('what was built before a change that needs no new recipe does not pass for it', () => {
    const changed = { ...base, contentHash: 'content-1b' };
    const { record, observation } = after([[build(1, 1, 10), details(1, 'ami-1')]]);
    const late = build(1, 2, 500, { scheduled: true });
    const { record: next, decision } = settle(record, {
      ...observation, intent: changed, builds: [...observation.builds, late], details: { [late.arn]: details(1, 'ami-2') }, now: at(700),
    });
    expect(next.versions.map(({ contentHash }) => contentHash)).toEqual(['content-1', 'content-1']);
    expect(decision).toMatchObject({ type: 'start-build', build: { cause: { contentHash: 'content-1b' } } });
  });
});
