import { ledgerKey, SCHEMA_VERSION, type AmiCopyDocument, type RegistrationsDocument } from '../../../src/contract';
import { register } from '../../../src/runtime/controllers/register';
import { RefusedRequest, type SeenAmi } from '../../../src/runtime/domain/registration';
import { RefusedError, type AmiCopyRequest, type RegisterPorts } from '../../../src/runtime/ports';
import { image, NAMESPACE, REGION, registry } from '../support/intents';
import { MemoryLedger } from '../support/memory-ports';

const ACCOUNT = '123456789012';
const OWNER = '999999999999';
const PIPELINE = `arn:aws:iam::${ACCOUNT}:user/pipeline`;
const MINUTE = 60_000;

/** Somebody else's AMIs, of which this account makes copies. */
class Shared {
  public readonly amis = new Map<string, SeenAmi>();
  public readonly asked: Array<AmiCopyRequest & { readonly region: string }> = [];
  public now = 0;
  public readonly ledger = new MemoryLedger({ now: () => this.now });
  /** What AWS says in the place of a copy. */
  public refusal?: Error;
  public readonly looks: unknown[] = [];
  private readonly copies = new Map<string, string>();

  public async deploy(regions = [REGION], copy = true): Promise<void> {
    const registered = { platform: 'Linux' as const, architecture: 'x86_64', owners: [OWNER], copy, registrars: [{ principal: PIPELINE, claimsTests: false }] };
    const document = registry([{ ...image('golden', 1), recipeArn: '', pipelineArn: '', regions, registered }]);
    await this.ledger.write(ledgerKey.registry(NAMESPACE), { schemaVersion: SCHEMA_VERSION, document }, 0);
  }

  public add(id: string, over: Partial<SeenAmi> = {}): void {
    this.amis.set(id, { state: 'available', ownerId: OWNER, isPublic: false, architecture: 'x86_64', platform: 'Linux', ...over });
  }

  public register(amis: Record<string, string>): ReturnType<typeof register> {
    return register(NAMESPACE, { command: 'register', image: 'golden', amis }, { via: 'url', caller: PIPELINE }, this.ports());
  }

  public state(id: string, state: string): void {
    this.amis.set(id, { ...this.amis.get(id)!, state });
  }

  private ports(): RegisterPorts {
    const quiet = (): void => undefined;
    return {
      amis: { account: ACCOUNT, find: async (_, id) => this.amis.get(id), copy: async (region, request) => this.copy(region, request) },
      builds: { find: async () => undefined },
      clock: { now: () => this.now },
      ledger: this.ledger,
      log: { info: quiet, warn: quiet, error: quiet, alert: quiet, paused: quiet },
      queue: { lookAgain: async (message) => void this.looks.push(message) },
    };
  }

  private copy(region: string, request: AmiCopyRequest): string {
    if (this.refusal) throw this.refusal;
    this.asked.push({ region, ...request });
    const id = this.copies.get(request.token) ?? `ami-0000000${this.copies.size + 1}`;
    if (!this.copies.has(request.token)) this.add(id, { ownerId: ACCOUNT, state: 'pending' });
    this.copies.set(request.token, id);
    return id;
  }
}

describe('an AMI that another account owns', () => {
  const SOURCE = 'ami-aaaaaaaa';
  const COPY = 'ami-00000001';
  let shared: Shared;
  const registrations = (): RegistrationsDocument['registrations'] =>
    shared.ledger.document<RegistrationsDocument>(ledgerKey.registrations(NAMESPACE, 'golden'))?.registrations ?? [];
  const again = (): ReturnType<typeof register> => shared.register({ [REGION]: SOURCE });

  beforeEach(async () => {
    shared = new Shared();
    await shared.deploy();
    shared.add(SOURCE);
  });

  test('is copied first, once, and its copy is the version', async () => {
    expect(await again()).toEqual({ image: 'golden', copying: { [REGION]: COPY }, retrySeconds: 30 });
    expect(await again()).toEqual({ image: 'golden', copying: { [REGION]: COPY }, retrySeconds: 30 });
    expect([registrations(), shared.looks]).toEqual([[], []]);
    shared.state(COPY, 'available');
    expect(await again()).toEqual({ image: 'golden', version: '1.0.1/1', amis: { [REGION]: COPY }, known: false });
    expect(await again()).toMatchObject({ version: '1.0.1/1', known: true });
    expect(shared.asked).toEqual([{ region: REGION, sourceAmi: SOURCE, name: `golden-${SOURCE}-1`, owner: `${NAMESPACE}/golden`, token: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  test('is asked for with the same token where nobody wrote down that it was asked for', async () => {
    await again();
    shared.ledger.records.delete(ledgerKey.amiCopy(NAMESPACE, 'golden', REGION, SOURCE));
    expect(await again()).toMatchObject({ copying: { [REGION]: COPY } });
    expect(new Set(shared.asked.map(({ token }) => token)).size).toBe(1);
  });

  test('is not asked for again while its copy cannot be seen yet', async () => {
    await again();
    shared.amis.delete(COPY);
    shared.now += 9 * MINUTE;
    expect(await again()).toMatchObject({ copying: { [REGION]: COPY } });
    shared.now += 2 * MINUTE;
    expect(await again()).toMatchObject({ copying: { [REGION]: 'ami-00000002' } });
  });

  test('is copied three times at the most', async () => {
    for (const copy of [COPY, 'ami-00000002', 'ami-00000003']) {
      expect(await again()).toMatchObject({ copying: { [REGION]: copy } });
      shared.state(copy, 'failed');
    }
    await expect(again()).rejects.toThrow(`${SOURCE} in ${REGION} was copied 3 times, and the last copy ami-00000003 is failed`);
    expect(shared.ledger.document<AmiCopyDocument>(ledgerKey.amiCopy(NAMESPACE, 'golden', REGION, SOURCE))?.attempt).toBe(3);
  });

  test('that AWS does not copy is refused with the reason', async () => {
    shared.refusal = new RefusedError('ec2:CopyImage: InvalidRequest: You do not have permission to access the storage of this ami');
    await expect(again()).rejects.toThrow(`${SOURCE} in ${REGION} cannot be copied: ec2:CopyImage: InvalidRequest: You do not have permission`);
    await expect(again()).rejects.toThrow(RefusedRequest);
  });

  test('is refused before anything is copied where it may be no version', async () => {
    shared.add(SOURCE, { ownerId: '888888888888' });
    await expect(again()).rejects.toThrow(/belongs to account 888888888888/);
    expect(shared.asked).toEqual([]);
  });

  test('in a region that the image is not used in is left out; one of ours stays', async () => {
    ['ami-bbbbbbbb', 'ami-cccccccc'].forEach((id, index) => shared.add(id, index ? { ownerId: ACCOUNT } : {}));
    await shared.register({ [REGION]: SOURCE, 'us-east-1': 'ami-bbbbbbbb', 'us-west-2': 'ami-cccccccc' });
    shared.state(COPY, 'available');
    expect(await shared.register({ [REGION]: SOURCE, 'us-east-1': 'ami-bbbbbbbb', 'us-west-2': 'ami-cccccccc' }))
      .toMatchObject({ amis: { [REGION]: COPY, 'us-west-2': 'ami-cccccccc' } });
  });

  test('is the version itself where the deploy asks for no copies', async () => {
    shared = new Shared();
    await shared.deploy([REGION], false);
    shared.add(SOURCE);
    expect(await again()).toMatchObject({ version: '1.0.1/1', amis: { [REGION]: SOURCE } });
    expect(shared.asked).toEqual([]);
  });
});
