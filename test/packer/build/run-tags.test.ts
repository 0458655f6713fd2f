import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Source } from '../../../src/component/source';
import { ParentImage, RegisteredImage } from '../../../src/image';
import { PackerBuild, type PackerBuildProps } from '../../../src/packer/build';
import { newStack } from '../../image/fixture';

const folder = mkdtempSync(join(tmpdir(), 'packer-run-tags-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A build by a template of two builders, of which the second has these settings. */
function built(settings: object, props: Partial<PackerBuildProps> = {}, variables: object = {}): Stack {
  const builders = [
    { type: 'amazon-ebs', name: 'one', run_tags: { Name: 'Packer Builder', More: 'x' } }, { type: 'amazon-ebs', name: 'two', ...settings }, { type: 'docker' },
  ];
  writeFileSync(join(folder, 'template.json'), JSON.stringify({ variables, builders }, undefined, 1));
  const stack = newStack('Shop');
  const image = new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
  const packer = Source.https('https://tools.example.com/packer.zip', 'b'.repeat(64));
  new PackerBuild(stack, 'Packer', { image, template: Source.asset(join(folder, 'template.json')), runTag: { key: 'Name', value: 'Packer Builder' }, packer, ...props });
  return stack;
}

const TAG = { run_tags: { Name: 'Packer Builder' } };

describe('run tags of the template are those of the build', () => {
  test.each([
    ['run_tags', TAG, {}],
    ['a value that is a variable', { run_tags: { Name: '{{user `tag`}}' } }, { variables: { tag: 'Packer Builder' } }],
    ['a builder that this build leaves out', {}, { only: ['one'] }],
  ])('%s: the build is made', (_, settings, props) => {
    expect(() => built(settings, props, { tag: '' })).not.toThrow();
  });

  test.each([
    ['no run_tags', {}, {}, /Shop\/Packer: the builder 'two' of the template \(.*template\.json:\d+\) sets no run tag 'Name'; expected the tag Name = Packer Builder, /],
    ['another value', { run_tags: { Name: 'other' } }, {}, /sets another value for run tag 'Name'/],
    ['a value that only the build knows', { run_tags: { Name: '{{timestamp}}' } }, {}, /sets another value for run tag 'Name'/],
    ['another tag than runTag', TAG, { runTag: { key: 'made-by', value: 'us' } }, /the builder 'one' .* sets no run tag 'made-by'.*write run_tags = \{ made-by = "us" \}/],
  ])('%s: refused at synthesis', (_, settings, props, message) => {
    expect(() => built(settings, props)).toThrow(message);
  });

  test('the variables that the build is given are used for it', () => {
    expect(() => built({ ...TAG, source_ami: '{{user `source`}}' }, { secretVariables: {}, variables: { source: 'ami-01234567' } }, { source: null })).not.toThrow();
  });

  test('tags that cannot be read here are said to be looked at later, and not passed over in silence', () => {
    const stack = built({ run_tags: { Name: '{{user `source`}}' } }, {}, { source: null });
    Annotations.fromStack(stack).hasInfo('*', Match.stringLikeRegexp('whether the template sets its run tags is not known before it is built: .*template.json'));
  });
});
