import * as fc from 'fast-check';
import type { RegistrationsDocument } from '../../../../src/contract';
import { addRegistration, amisOfManifest, noRegistrations, RefusedRequest } from '../../../../src/runtime/domain/registration';

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
});
