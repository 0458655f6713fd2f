import { accepted, at, base, build, details, fresh, look, settle } from './observations';
import { buildInputs, type BuildInputs, type ImageIntent } from '../../../../src/contract';
import { applyChange, type BuildDetails, type ImageRecord, type VersionRecord } from '../../../../src/runtime/domain/image';
import { differences, withInfrastructure } from '../../../../src/runtime/domain/image/build-inputs';
import { foreignIn } from '../../../../src/runtime/domain/image/judge-build';
import { recipeArn, registry } from '../../support/intents';

const arn = (rest: string, owner = '123456789012'): string => `arn:aws:imagebuilder:eu-central-1:${owner}:${rest}`;

const recipe = {
  parentImage: 'ssm:/imagebuilder/golden-images/shop/base/latest',
  components: [{ componentArn: arn('component/shop--site/1.0.0/1'), parameters: [{ name: 'port', value: ['80'] }] }, { componentArn: arn('component/agent/x.x.x', 'aws') }],
  blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: true, volumeType: 'gp3' } }],
};
const pipeline = { infrastructureConfigurationArn: arn('infrastructure-configuration/shop') };
const infrastructure = { instanceProfileName: 'builder', instanceTypes: ['m6i.large', 'm5.large'], terminateInstanceOnFailure: true, instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 } };
const declared = buildInputs(recipe, pipeline, infrastructure);

/** As JSON brings it: what is not set is not there. */
const differ = (seen: BuildInputs, as: BuildInputs = declared): string[] => differences(JSON.parse(JSON.stringify(as)), seen);

describe('a build as it was declared', () => {
  test.each(([
    ['is the same', declared],
    ['has defaults of the service beside it', buildInputs(
      { ...recipe, blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: true, volumeType: 'gp3', iops: 3000 } }] } as never,
      { ...pipeline, executionRole: 'arn:aws:iam::1:role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder', workflows: [{ workflowArn: arn('workflow/build/build-image/1.0.2/1', 'aws') }] },
      { ...infrastructure, securityGroupIds: [], keyPair: '', resourceTags: { a: 'b' } } as never,
    )],
    ['tells a wildcard as what it stood for', buildInputs({ ...recipe, components: [recipe.components[0], { componentArn: arn('component/agent/1.2.3/4', 'aws') }] }, pipeline, infrastructure)],
    ['has texts for numbers', declared, buildInputs(recipe, pipeline, { ...infrastructure, terminateInstanceOnFailure: 'true', instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: '1' } })],
    ['has something that nobody knew before the deploy', declared, buildInputs({ ...recipe, components: '*' }, pipeline, { ...infrastructure, securityGroupIds: '*' })],
    ['has an infrastructure that another app declares', declared, buildInputs(recipe, pipeline)],
    ['is not told its infrastructure', buildInputs(recipe, {})],
    ['has a role by its name', buildInputs(recipe, { ...pipeline, executionRole: 'arn:aws:iam::1:role/path/Builder', workflows: [{ workflowArn: arn('workflow/test/test-image/1.0.2/1', 'aws') }, { workflowArn: arn('workflow/build/own/1.0.0/1') }] }, infrastructure),
      buildInputs(recipe, { ...pipeline, executionRole: 'Builder', workflows: [{ workflowArn: arn('workflow/build/own/1.0.0/1') }, { workflowArn: arn('workflow/test/test-image/x.x.x', 'aws') }] }, infrastructure)],
  ] as Array<[string, BuildInputs, BuildInputs?]>).map(([name, seen, as = declared]) => [name, seen, as] as const))('%s', (_, seen, as) => expect(differ(seen, as)).toEqual([]));
});

describe('a build that was changed', () => {
  const changed = (over: object): BuildInputs => buildInputs({ ...recipe, ...over }, pipeline, infrastructure);
  const by = (over: object): BuildInputs => buildInputs(recipe, { ...pipeline, ...over }, infrastructure);
  const where = (over: object): BuildInputs => buildInputs(recipe, pipeline, { ...infrastructure, ...over });
  test.each<[string, BuildInputs, string]>([
    ['the parent image', changed({ parentImage: 'ami-0bad0bad' }), 'parent image is ami-0bad0bad, declared is ssm:/imagebuilder/golden-images/shop/base/latest'],
    ['one component more', changed({ components: [...recipe.components, { componentArn: arn('component/evil/1.0.0/1') }] }), 'components is '],
    ['components in another order', changed({ components: [...recipe.components].reverse() }), 'components is '],
    ['another build of a component', changed({ components: [{ ...recipe.components[0], componentArn: arn('component/shop--site/1.0.0/2') }, recipe.components[1]] }), 'components is '],
    ['another value of a parameter', changed({ components: [{ ...recipe.components[0], parameters: [{ name: 'port', value: ['81'] }] }, recipe.components[1]] }), 'components is '],
    ['a component of the same name that is not Amazon\'s', changed({ components: [recipe.components[0], { componentArn: arn('component/agent/1.2.3/4') }] }), 'components is '],
    ['a snapshot', changed({ blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: true, snapshotId: 'snap-1' } }] }), 'block devices is '],
    ['a volume more', changed({ blockDeviceMappings: [...recipe.blockDeviceMappings, { deviceName: '/dev/sdb' }] }), 'block devices is '],
    ['no encryption', changed({ blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: false } }] }), 'block devices is '],
    ['user data', changed({ additionalInstanceConfiguration: { userDataOverride: 'Y3VybA==' } }), 'user data is Y3VybA==, declared is none'],
    ['a distribution', by({ distributionConfigurationArn: arn('distribution-configuration/evil') }), 'distribution configuration is '],
    ['a workflow', by({ workflows: [{ workflowArn: arn('workflow/build/evil/1.0.0/1') }] }), 'workflows is '],
    ['an execution role', by({ executionRole: 'arn:aws:iam::1:role/Admin' }), 'execution role is arn:aws:iam::1:role/Admin, declared is none'],
    ['a role of the name of the service-linked one', by({ executionRole: 'arn:aws:iam::1:role/EvilAWSServiceRoleForImageBuilder' }), 'execution role is '],
    ['a role of that name in a path of its own', by({ executionRole: 'arn:aws:iam::1:role/evil/AWSServiceRoleForImageBuilder' }), 'execution role is '],
    ['other instance types', where({ instanceTypes: ['t3.nano'] }), 'instance types is ["t3.nano"], declared is ["m6i.large","m5.large"]'],
    ['older metadata', where({ instanceMetadataOptions: { httpTokens: 'optional' } }), 'metadata options is '],
    ['no metadata options', where({ instanceMetadataOptions: undefined }), 'metadata options is not set, declared is '],
  ])('%s', (_, seen, reason) => expect(differ(seen)).toEqual([expect.stringMatching(`^its ${reason.replace(/[[\]]/g, '\\$&')}`)]));

  test('what is there in other hands: a workflow that is missing, another role', () => {
    const own = { ...pipeline, executionRole: 'Builder', workflows: [{ workflowArn: arn('workflow/build/own/1.0.0/1') }] };
    expect(differ(by({ executionRole: 'Builder' }), buildInputs(recipe, own, infrastructure))).toEqual([expect.stringMatching(/^its workflows is not set/)]);
    expect(differ(by({ ...own, executionRole: 'Admin' }), buildInputs(recipe, own, infrastructure))).toEqual(['its execution role is Admin, declared is Builder']);
  });
});

test('a workflow with another value of a parameter is another workflow', () => {
  const by = (parameters?: object[]): BuildInputs =>
    buildInputs(recipe, { ...pipeline, workflows: [{ workflowArn: arn('workflow/build/own/1.0.0/1'), ...(parameters ? { parameters } : {}) }] }, infrastructure);
  const skip = (value: string): BuildInputs => by([{ name: 'skip', value: [value] }]);
  expect(differ(skip('no'), skip('no'))).toEqual([]);
  expect(differ(skip('yes'), skip('no'))).toEqual([expect.stringMatching(/^its workflows is /)]);
  expect(differ(by(), skip('no'))).toEqual([expect.stringMatching(/^its workflows is /)]);
});

test('what somebody wrote is shown by its beginning', () => {
  const userData = { additionalInstanceConfiguration: { userDataOverride: 'A'.repeat(16_000) } };
  expect(differ(buildInputs({ ...recipe, ...userData }, pipeline, infrastructure))).toEqual([`its user data is ${'A'.repeat(119)}…, declared is none`]);
});

test('images share what an infrastructure is', () => {
  const intent: ImageIntent = { ...base, inputs: buildInputs(recipe, pipeline) };
  const document = { ...registry([intent]), infrastructures: [{ arn: pipeline.infrastructureConfigurationArn, content: declared.infrastructure! }] };
  expect(withInfrastructure(intent, document).inputs).toEqual(declared);
  expect(withInfrastructure(intent, registry([intent]))).toBe(intent);
  expect(withInfrastructure(base, document)).toBe(base);
});

describe('which definition a build is compared with', () => {
  const intent = { ...base, inputs: declared };
  const evil = buildInputs(recipe, pipeline, { ...infrastructure, keyPair: 'mallory' });
  const larger = buildInputs(recipe, pipeline, { ...infrastructure, instanceTypes: ['m6i.4xlarge'] });
  const accept = (record: ImageRecord, inputs: BuildInputs | undefined, minutes: number): ImageRecord =>
    settle(record, look({ intent: { ...base, ...(inputs ? { inputs } : {}) }, now: at(minutes), builds: [build(1, 9, minutes, { status: 'in-flight' })] })).record;
  const recorded = (record: ImageRecord, began: number, more: Partial<BuildDetails>, last: BuildInputs | undefined = declared): VersionRecord => {
    const one = build(1, 1, began);
    const seen = { ...details(1, 'ami-1'), ...more };
    const now = last ? { ...intent, inputs: last } : base;
    return settle(record, look({ intent: now, builds: [one], details: { [one.arn]: seen } })).record.versions[0]!;
  };

  test('one that was declared is released, another is not', () => {
    const record = accept(fresh, declared, 5);
    expect(recorded(record, 10, { inputs: declared }).withdrawal).toBeUndefined();
    expect(recorded(record, 10, { inputs: evil })).toMatchObject({
      withdrawal: { type: 'foreign-build', reason: 'its key pair is mallory, declared is none' }, heads: {}, amis: {}, contentHash: 'content-1',
    });
  });

  test('a deploy that changes the infrastructure during a build withdraws nothing, whichever of both the build had', () => {
    const record = accept(accept(fresh, declared, 5), larger, 20);
    expect(recorded(record, 10, { inputs: declared }, larger).withdrawal).toBeUndefined();
    expect(recorded(record, 10, { inputs: larger }, larger).withdrawal).toBeUndefined();
    expect(recorded(record, 10, { inputs: evil }, larger).withdrawal?.type).toBe('foreign-build');
  });

  test('what was declared once and is no more is foreign', () => {
    const record = accept(accept(fresh, larger, 5), declared, 20);
    expect(recorded(record, 30, { inputs: larger }).withdrawal?.type).toBe('foreign-build');
  });

  test('upgrade: what an earlier version of this library declared is not compared, nor a build that began before the deploy of this one', () => {
    expect(recorded(accepted, 10, { inputs: evil }, undefined).withdrawal).toBeUndefined();
    const record = accept(accepted, declared, 60);
    expect(record.definitions).toHaveLength(2);
    expect(recorded(record, 10, { inputs: evil }).withdrawal).toBeUndefined();
    expect(recorded(record, 70, { inputs: evil }).withdrawal?.type).toBe('foreign-build');
  });

  test('a build of which nothing is told is not compared: it was registered', () => {
    expect(recorded(accept(fresh, declared, 5), 10, {}).withdrawal).toBeUndefined();
  });

  test('a version is not judged again', () => {
    const record = accept(fresh, declared, 5);
    const one = build(1, 1, 10);
    const good = settle(record, look({ intent, builds: [one], details: { [one.arn]: details(1, 'ami-1', { inputs: declared }) } })).record;
    expect(settle(good, look({ intent: { ...intent, inputs: larger }, builds: [one] })).record.versions[0]!.withdrawal).toBeUndefined();
  });

  test('a component is older than the recipe that names it, the recipe older than its deploy', () => {
    const record = accept(fresh, declared, 5);
    const site = recipe.components[0]!.componentArn;
    const of = (recipeCreatedAt: number, createdAt: number): VersionRecord['withdrawal'] =>
      recorded(record, 10, { inputs: declared, recipeCreatedAt, components: [{ arn: site, createdAt }] }).withdrawal;
    expect(of(at(4), at(4))).toBeUndefined();
    expect(of(at(3), at(4))).toEqual({ type: 'foreign-build', reason: `its component ${site} was created after the recipe that names it` });
    expect(of(at(8), at(4))).toMatchObject({ type: 'foreign-build', reason: expect.stringMatching(/^its recipe \S+ was created after the deploy that declares it$/) });
  });

  test('it stands on what its parent may have been', () => {
    const record = accept(fresh, declared, 5);
    expect(recorded(record, 10, { inputs: declared, parentAmis: ['ami-parent'] }).withdrawal).toBeUndefined();
    expect(recorded(record, 10, { inputs: declared, parentAmis: [] }).withdrawal).toEqual({ type: 'foreign-build', reason: 'it stands on ami-parent, which is of no version of its parent' });
    expect(recorded(record, 10, { inputs: declared, parentAmis: [], ami: { id: 'ami-1' } }).withdrawal).toBeUndefined();
  });

  test('a reason is bounded, whatever differs', () => {
    const long = 'x'.repeat(10_000);
    const additionalInstanceConfiguration = { userDataOverride: long };
    const all = { parentImage: long, components: [], blockDeviceMappings: [{ deviceName: long }], additionalInstanceConfiguration };
    const by = { infrastructureConfigurationArn: long, distributionConfigurationArn: long, workflows: [{ workflowArn: long }], executionRole: long };
    const seen = buildInputs(all, by,
      { instanceProfileName: long, instanceTypes: [long], subnetId: long, securityGroupIds: [long], keyPair: long });
    const { withdrawal } = recorded(accept(fresh, declared, 5), 10, { inputs: seen });
    expect(withdrawal).toEqual({ type: 'foreign-build', reason: expect.stringMatching(/^its parent image is x{119}….*…$/) });
    expect((withdrawal as { reason: string }).reason).toHaveLength(1000);
  });
});

describe('the record stays an item that DynamoDB takes', () => {
  const size = (record: ImageRecord): number => Buffer.byteLength(JSON.stringify(record));
  const large = (text = 'p'): BuildInputs => buildInputs({
    ...recipe,
    components: Array.from({ length: 20 }, (_, index) => ({
      componentArn: arn(`component/shop--part-${index}/1.0.0/1`), parameters: [{ name: 'list', value: [text.repeat(300 / Buffer.byteLength(text))] }],
    })),
  }, pipeline, infrastructure);
  const accept = (record: ImageRecord, ofRecipe: string, inputs: BuildInputs, minutes: number): ImageRecord =>
    applyChange(record, { type: 'accept-intent', text: '{}', recipeArn: ofRecipe, contentHash: `content-${minutes}`, inputs, at: new Date(at(minutes)).toISOString() });
  const deploys = (count: number, recipeOf: (deploy: number) => string, inputs: BuildInputs): ImageRecord =>
    Array.from({ length: count }).reduce<ImageRecord>((record, _, deploy) => accept(record, recipeOf(deploy), inputs, deploy), fresh);
  const kept = ({ definitions }: ImageRecord): number => definitions.filter(({ inputs }) => inputs).length;

  test.each([['ASCII', 'p'], ['more bytes than characters', 'ü']])('fifty recipes of twenty components with parameters: %s', (_, text) => {
    expect(50 * Buffer.byteLength(JSON.stringify(large(text)))).toBeGreaterThan(400_000);
    const record = deploys(50, (deploy) => recipeArn('base', deploy), large(text));
    expect(size(record)).toBeLessThanOrEqual(300_000);
    expect(record.definitions).toHaveLength(50);
    expect(kept(record)).toBeGreaterThan(20);
    expect(record.definitions.slice(-kept(record)).every(({ inputs }) => inputs)).toBe(true);
    expect(record.definitions[0]).toEqual({ recipeArn: recipeArn('base', 0), contentHash: 'content-0', acceptedAt: expect.any(String), inputsForgotten: true });
  });

  test('of one recipe, three', () => {
    expect(kept(deploys(50, () => recipeArn('base', 1), declared))).toBe(3);
  });

  test('what a record of an earlier version of this library holds too much goes with its next change', () => {
    const definitions = Array.from({ length: 50 }, (_, deploy) => ({ recipeArn: recipeArn('base', deploy), contentHash: '', acceptedAt: '', inputs: large() }));
    expect(size(applyChange({ ...fresh, definitions }, { type: 'adopt-build', arn: 'x' }))).toBeLessThanOrEqual(300_000);
  });

  test('what one deploy declares is kept, however large', () => {
    const huge = buildInputs({ ...recipe, additionalInstanceConfiguration: { userDataOverride: 'x'.repeat(310_000) } }, pipeline);
    expect(kept(deploys(2, (deploy) => recipeArn('base', deploy), huge))).toBe(1);
  });

  test('a build of what is not kept any more is compared with what came later, and foreign where nothing did', () => {
    const one = build(1, 1, 0);
    const judge = (record: ImageRecord, inputs: BuildInputs) => foreignIn(record, one, details(1, 'ami-1', { inputs }));
    const replaced = deploys(50, (deploy) => recipeArn('base', deploy + 1), large());
    expect(judge(replaced, large())).toBe('what its deploy declared is not kept any more');
    const often = deploys(50, () => recipeArn('base', 1), declared);
    expect(judge(often, declared)).toBeUndefined();
    expect(judge(often, large())).toMatch(/^its components is /);
  });
});
