import { readFileSync } from 'node:fs';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Stig, StigLevel } from '../../src/catalog';
import { Component } from '../../src/component';
import { MANAGED_NAMES, RETIRED_NAMES } from '../../src/component/managed-names';
import { BuildSchedule, ParentImage, PatchedBaseImage } from '../../src/image';
import { newStack } from '../image/fixture';

interface Cited { readonly source: string; readonly names: string[]; readonly retired?: string[] }

const TABLE = JSON.parse(readFileSync('test/component/managed-components.json', 'utf8')) as Cited[];

test('the managed components are those of the cited table, and no others', () => {
  expect([...MANAGED_NAMES].sort()).toEqual(TABLE.flatMap(({ names }) => names).sort());
  expect([...RETIRED_NAMES.keys()].sort()).toEqual(TABLE.flatMap(({ retired = [] }) => retired).sort());
});

test('a retired component is still taken, with a warning that names its successor', () => {
  const stack = newStack();
  new PatchedBaseImage(stack, 'Base', {
    parent: ParentImage.amazonLinux2023(),
    schedule: BuildSchedule.daily(),
    components: [Component.amazonManaged('stig-build-linux-high')],
  });
  Annotations.fromStack(stack).hasWarning('/Web/Base', Match.stringLikeRegexp('retired.*Stig.hardening\\(StigLevel.HIGH\\)'));
});

test('a level of STIG is no retired component', () => {
  const stack = newStack();
  const parent = ParentImage.amazonLinux2023();
  new PatchedBaseImage(stack, 'Base', { parent, schedule: BuildSchedule.daily(), components: [Stig.hardening(StigLevel.LOW)] });
  Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('managed component'));
});
