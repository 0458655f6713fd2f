import * as fc from 'fast-check';
import { REQUEST_LIMITS, type RegistrationsDocument } from '../../../../src/contract';
import { addRegistration, amiProblem, amisOfManifest, idProblem, noRegistrations, RefusedRequest } from '../../../../src/runtime/domain/registration';

const build = (run: string, artifact: string, more: object = {}): object => ({ name: 'web', packer_run_uuid: run, artifact_id: artifact, ...more });

describe('a manifest of Packer', () => {
  test('counts with the builds of its last run only, in all their regions', () => {
    const manifest = {
      last_run_uuid: 'b',
      builds: [build('a', 'eu-central-1:ami-1'), build('b', 'eu-central-1:ami-2,us-east-1:ami-3'), build('b', 'us-gov-west-1:ami-4')],
    };
    expect(amisOfManifest(manifest)).toEqual({ amis: { 'eu-central-1': 'ami-2', 'us-east-1': 'ami-3', 'us-gov-west-1': 'ami-4' } });
  });

  test('keeps what it says beside', () => {
    expect(amisOfManifest({ last_run_uuid: 'a', builds: [build('a', 'eu-central-1:ami-1', { custom_data: { commit: 'abc', number: 7 } })] }).customData)
      .toEqual({ commit: 'abc', number: '7' });
  });

  test.each<[unknown, RegExp]>([
    [null, /none of Packer/],
    [[], /none of Packer/],
    [{ builds: [] }, /none of Packer/],
    [{ last_run_uuid: 'a', builds: [] }, /no build of its last run a/],
    [{ last_run_uuid: 'b', builds: [build('a', 'eu-central-1:ami-1')] }, /no build of its last run b/],
    [{ last_run_uuid: 'a', builds: [build('a', 'some/folder')] }, /'some\/folder' of the build 'web' is no AMI/],
    [{ last_run_uuid: 'a', builds: [{ packer_run_uuid: 'a' }] }, /is no AMI/],
    [{ last_run_uuid: 'a', builds: [build('a', 'eu-central-1:ami-1'), build('a', 'eu-central-1:ami-2')] }, /two AMIs in eu-central-1 .*-only/],
  ])('%j is refused', (manifest, reason) => {
    expect(() => amisOfManifest(manifest)).toThrow(RefusedRequest);
    expect(() => amisOfManifest(manifest)).toThrow(reason);
  });

  test.each<[unknown, RegExp]>([
    [{ text: 'x'.repeat(70_000) }, /the custom_data has 70011 bytes; the limit is 65536/],
    ['commit', /the custom_data of the build 'web' is no map/],
    [{ commit: { id: 1 } }, /custom_data 'commit' of the build 'web' is no text/],
    [{ commit: '\ud800' }, /custom_data 'commit' of the build 'web' is no Unicode/],
  ])('custom data that cannot be kept is refused', (customData, reason) => {
    const manifest = { last_run_uuid: 'a', builds: [build('a', 'eu-central-1:ami-1', { custom_data: customData })] };
    expect(() => amisOfManifest(manifest)).toThrow(RefusedRequest);
    expect(() => amisOfManifest(manifest)).toThrow(reason);
  });

  test('custom data that is null, as Packer writes where there is none, is none', () => {
    expect(amisOfManifest({ last_run_uuid: 'a', builds: [build('a', 'eu-central-1:ami-1', { custom_data: null })] })).toEqual({ amis: { 'eu-central-1': 'ami-1' } });
  });

  test('a name in custom data is a name, whatever it is', () => {
    const { customData } = amisOfManifest({ last_run_uuid: 'a', builds: [build('a', 'eu-central-1:ami-1', { custom_data: JSON.parse('{"__proto__":"x"}') })] });
    expect(Object.entries(customData!)).toEqual([['__proto__', 'x']]);
  });

  test('whatever comes in, nothing but a refusal comes out', () => {
    fc.assert(fc.property(fc.jsonValue(), (manifest) => {
      try {
        amisOfManifest(manifest);
      } catch (error) {
        expect(error).toBeInstanceOf(RefusedRequest);
      }
    }), { seed: 42, numRuns: 300 });
  });
});

describe('registering', () => {
  const made = (amis: Record<string, string>): Parameters<typeof addRegistration>[1] =>
    ({ amis, registeredAt: '2026-01-01T00:00:00.000Z', registeredBy: { caller: 'me', verified: true }, contentHash: 'x', tested: false });

  test('any sequence: the same AMIs are one version, others another, and numbers only grow', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), (ids) => {
      let document = noRegistrations('web');
      const versions = new Map<number, string>();
      for (const id of ids) {
        const { document: next, registration, known } = addRegistration(document, made({ 'eu-central-1': `ami-${id}` }));
        expect(known).toBe(versions.has(id));
        expect(registration.version).toBe(versions.get(id) ?? `1.0.${versions.size + 1}/1`);
        versions.set(id, registration.version);
        document = next;
      }
      expect(document.count).toBe(versions.size);
    }), { seed: 42, numRuns: 200 });
  });

  test('AMIs that are a version with others beside them are refused', () => {
    const { document } = addRegistration(noRegistrations('web'), made({ 'eu-central-1': 'ami-1', 'us-east-1': 'ami-2' }));
    expect(() => addRegistration(document, made({ 'eu-central-1': 'ami-1' }))).toThrow('version 1.0.1/1 already');
    expect(() => addRegistration(document, made({ 'eu-central-1': 'ami-1', 'us-east-1': 'ami-3' }))).toThrow(RefusedRequest);
  });

  test('the record does not grow for ever, and numbers go on', () => {
    let document: RegistrationsDocument = noRegistrations('web');
    for (let index = 0; index < 250; index += 1) document = addRegistration(document, made({ 'eu-central-1': `ami-${index}` })).document;
    expect([document.registrations.length, document.count, document.registrations.at(-1)!.version]).toEqual([200, 250, '1.0.250/1']);
  });

  test('registrations that are as large as may be fit into an item, and so many are kept as an image has versions', () => {
    const regions = Array.from({ length: REQUEST_LIMITS.regions }, (_, index) => `us-${'x'.repeat(9)}-central-${index}`);
    const builtBy = (index: number): string => `arn:aws:codebuild:${'b'.repeat(REQUEST_LIMITS.build - 30)}:${index}`;
    let document: RegistrationsDocument = noRegistrations('x'.repeat(50));
    for (let index = 0; index < 250; index += 1) {
      const amis = Object.fromEntries(regions.map((region) => [region, `ami-${String(index).padStart(17, '0')}`]));
      const largest = { ...made(amis), registeredBy: { caller: 'x'.repeat(REQUEST_LIMITS.caller), verified: false }, build: builtBy(index), customDataHash: 'f'.repeat(64) };
      document = addRegistration(document, largest).document;
    }
    expect(Buffer.byteLength(JSON.stringify(document))).toBeLessThan(400 * 1024 - 1024);
    expect(document.registrations.length).toBeGreaterThanOrEqual(100);
    expect([document.count, document.registrations.at(-1)!.version]).toEqual([250, '1.0.250/1']);
  });

  test('a build is one version', () => {
    const { document } = addRegistration(noRegistrations('web'), { ...made({ 'eu-central-1': 'ami-1' }), build: 'arn:1' });
    expect(addRegistration(document, { ...made({ 'eu-central-1': 'ami-1' }), build: 'arn:1' }).known).toBe(true);
    expect(() => addRegistration(document, { ...made({ 'eu-central-1': 'ami-2' }), build: 'arn:1' })).toThrow('this build registered version 1.0.1/1 already');
  });

  test('AMIs that are a version without tests do not become tested in silence', () => {
    const { document } = addRegistration(noRegistrations('golden'), { ...made({ 'eu-central-1': 'ami-1' }), tested: false });
    expect(() => addRegistration(document, { ...made({ 'eu-central-1': 'ami-1' }), tested: true })).toThrow(/version 1\.0\.1\/1 already, registered as not tested/);
    expect(addRegistration(document, { ...made({ 'eu-central-1': 'ami-1' }), tested: false }).known).toBe(true);
  });
});

describe('an AMI', () => {
  const seen = { state: 'available', ownerId: '123456789012', isPublic: false, architecture: 'x86_64', platform: 'Linux' as const };
  const wanted = { platform: 'Linux' as const, architecture: 'x86_64' };
  const problem = (ami: Partial<typeof seen>, owners?: string[]): string | undefined => amiProblem({ ...seen, ...ami }, { ...wanted, ...(owners ? { owners } : {}) }, '123456789012');

  test('of the account of the stack may be a version, and of an owner that the deploy names', () => {
    expect([problem({}), problem({ ownerId: '999999999999' }, ['888888888888', '999999999999']), problem({ isPublic: true })]).toEqual([undefined, undefined, undefined]);
  });

  test.each([[undefined], [[]], [['888888888888']]])('of an owner that is not among %j may be none', (owners) => {
    expect(problem({ ownerId: '999999999999' }, owners)).toMatch(/belongs to account 999999999999; name it among the owners/);
  });

  test('that is public and another account\'s may be none, whoever is named', () => {
    expect(problem({ ownerId: '999999999999', isPublic: true }, ['999999999999'])).toMatch(/is a public AMI of 999999999999/);
  });

  test.each<[Record<string, unknown>, RegExp]>([
    [Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`eu-central-${index}`, 'ami-12345678'])), /AMIs of 41 regions are given; the limit is 40/],
    [JSON.parse('{"__proto__":"ami-12345678"}') as Record<string, unknown>, /'__proto__' is no region/],
    [{ ['x'.repeat(1000)]: 'ami-12345678' }, /'x{120}…' is no region/],
    [{ 'eu-central-1': { id: 'ami-12345678' } }, /'object' of eu-central-1 is no id of an AMI/],
    [{ 'eu-central-1': 'ami-12345678\n' }, /is no id of an AMI/],
  ])('ids that are none are refused', (amis, reason) => {
    expect(idProblem(amis as Record<string, string>, ['eu-central-1'])).toMatch(reason);
  });

  test.each(['us-gov-west-1', 'ap-southeast-7', 'mx-central-1', 'cn-northwest-1', 'eusc-de-east-1', 'us-isob-east-1'])('%s is a region', (region) => {
    expect(idProblem({ [region]: 'ami-12345678' }, [region])).toBeUndefined();
  });
});
