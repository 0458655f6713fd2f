import { allApart, setApart } from './custom-data';
import { ownCopies } from './own-copies';
import { ledgerKey, type CommandAnswer, type ImageIntent, type RegisterCommand, type RegistrationsDocument } from '../../contract';
import {
  addRegistration, amiProblem, amisOfManifest, authorize, idProblem, noRegistrations, RefusedRequest, registeredBy, shown,
  type Entrance, type ManifestAmis, type Registered, type SeenAmi,
} from '../domain/registration';
import type { RegistryRecord } from '../domain/registry';
import { ConflictError, type RegisterPorts } from '../ports';

/** A copy takes minutes. */
const RETRY_SECONDS = 30;
/** Who registers at the same time as others tries again so often. */
const ATTEMPTS = 5;

type RegisteredImageIntent = ImageIntent & Required<Pick<ImageIntent, 'registered'>>;

/** Makes AMIs the next version of an image, or says which version they are already. Throws `RefusedRequest`. */
export async function register(namespace: string, command: RegisterCommand, entrance: Entrance, ports: RegisterPorts): Promise<CommandAnswer> {
  const intent = await intentOf(namespace, command.image, ports);
  authorize(entrance, command, intent.registered);
  const { amis: given, customData } = amisOf(command);
  const seen = await checkAmis(intent, given, ports);
  await checkBuild(entrance, intent, command, ports);
  const by = registeredBy(entrance, command);
  const { amis: found, copying } = intent.registered.copy ? await ownCopies(namespace, intent, seen, ports) : { amis: given, copying: {} };
  if (Object.keys(copying).length > 0) {
    ports.log.info('registration-copying', { image: intent.name, amis: given, copying, ...by });
    return { image: intent.name, copying, retrySeconds: RETRY_SECONDS };
  }
  const made = {
    amis: found,
    registeredAt: new Date(ports.clock.now()).toISOString(),
    registeredBy: by,
    contentHash: intent.contentHash,
    tested: command.tested === true,
    ...(command.build ? { build: command.build } : {}),
    ...(customData ? { customDataHash: await setApart(namespace, intent.name, customData, ports.ledger) } : {}),
  };
  const { registration, known } = await write(namespace, intent, made, ports);
  const { version, amis } = registration;
  ports.log.info(known ? 'registered-already' : 'registered', { image: intent.name, version, amis, ...by });
  await ports.queue.lookAgain({ kind: 'image', name: intent.name }, 0);
  return { image: intent.name, version, amis, known };
}

const amisOf = ({ manifest, amis = {} }: RegisterCommand): ManifestAmis => (manifest === undefined ? { amis } : amisOfManifest(manifest));

async function intentOf(namespace: string, image: string, { ledger }: RegisterPorts): Promise<RegisteredImageIntent> {
  const { document: record } = await ledger.read<RegistryRecord>(ledgerKey.registry(namespace));
  if (!record || record.withdrawn) throw new RefusedRequest(`nothing is deployed in the namespace '${namespace}'`);
  const { images } = record.document;
  const intent = images.find(({ name }) => name === image);
  const registered = images.filter((each) => each.registered).map(({ name }) => name).join(', ') || 'none';
  if (!intent) throw new RefusedRequest(`the namespace '${namespace}' has no image '${shown(image)}'; images that take registrations: ${registered}`);
  if (!intent.registered) {
    throw new RefusedRequest(`the image '${image}' is built by its pipeline; images that take registrations: ${registered}`);
  }
  return { ...intent, registered: intent.registered };
}

/** The AMIs as they are seen, by region and id. */
async function checkAmis(
  intent: RegisteredImageIntent, amis: Readonly<Record<string, string>>, { amis: port }: RegisterPorts,
): Promise<Array<readonly [string, string, SeenAmi]>> {
  const problem = idProblem(amis, intent.regions);
  if (problem) throw new RefusedRequest(problem);
  const seen: Array<readonly [string, string, SeenAmi]> = [];
  for (const [region, id] of Object.entries(amis)) {
    const ami = await port.find(region, id);
    const wrong = amiProblem(ami, intent.registered, port.account);
    if (wrong) throw new RefusedRequest(`${id} in ${region} ${wrong}`);
    seen.push([region, id, ami!]);
  }
  return seen;
}

/** A build registers only while it runs. */
async function checkBuild({ via }: Entrance, intent: RegisteredImageIntent, { build }: RegisterCommand, { builds }: RegisterPorts): Promise<void> {
  if (via !== 'build') return;
  if (build === undefined) throw new RefusedRequest('"build" is missing: the ARN of the build that registers');
  const found = await builds.find(build);
  if (found?.arn !== build || found.projectName !== intent.registered.projectName || found.status !== 'in-flight') {
    throw new RefusedRequest(`${shown(build)} is no running build of the image '${intent.name}'`, 403);
  }
}

async function write(
  namespace: string, intent: ImageIntent, made: Parameters<typeof addRegistration>[1], { ledger }: RegisterPorts,
): Promise<Registered> {
  const key = ledgerKey.registrations(namespace, intent.name);
  for (let attempt = 1; ; attempt += 1) {
    const { document, revision } = await ledger.read<RegistrationsDocument>(key);
    const before = await allApart(namespace, document ?? noRegistrations(intent.name), ledger);
    const result = addRegistration(before, made);
    if (result.known) return result;
    try {
      await ledger.write(key, result.document, revision);
      return result;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === ATTEMPTS) throw error;
    }
  }
}
