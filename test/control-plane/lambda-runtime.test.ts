import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Fact, FactName, RegionInfo } from 'aws-cdk-lib/region-info';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';

const ofProject = (file: string): string => readFileSync(join(__dirname, '../..', file), 'utf8');

/** The number in `nodejs24.x`. */
const major = (runtime: string): number => Number(/^nodejs(\d+)\.x$/.exec(runtime)![1]);

/**
 * The newest Node.js runtime of each region, by the table that aws-cdk-lib carries: "`Runtime.NODEJS_LATEST` now resolves to `nodejs24.x` in every
 * region" (https://github.com/aws/aws-cdk/releases/tag/v2.259.0).
 */
const newest = RegionInfo.regions.map(({ name }) => ({ name, runtime: Fact.requireFact(name, FactName.LATEST_NODE_RUNTIME) }));

function runtimes(): string[] {
  const stack = new Stack(new App(), 'Runtimes');
  new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });
  return Object.values(Template.fromStack(stack).findResources('AWS::Lambda::Function')).map(({ Properties }) => Properties.Runtime as string);
}

test('the runtime of every function exists in every region that aws-cdk-lib knows', () => {
  const used = [...new Set(runtimes())];
  expect(used).toHaveLength(1);
  expect(newest.length).toBeGreaterThan(35);
  expect(newest.filter(({ runtime }) => major(runtime) < major(used[0]!))).toEqual([]);
});

test('functions run on no older Node.js than the project asks for', () => {
  const { engines } = JSON.parse(ofProject('package.json')) as { engines: { node: string } };
  const floor = Number(/^>= (\d+)\./.exec(engines.node)![1]);
  expect(runtimes().map(major).filter((each) => each < floor)).toEqual([]);
});

test('a machine with an older Node.js is warned, not locked out', () => {
  expect(ofProject('.npmrc')).not.toContain('engine-strict');
});
