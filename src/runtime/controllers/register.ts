import { ledgerKey, type CommandAnswer, type ImageIntent, type RegisterCommand, type RegisteredBy, type RegistrationsDocument } from '../../contract';
import { addRegistration, amiProblem, amisOfManifest, idProblem, noRegistrations, RefusedRequest, type ManifestAmis, type Registered } from '../domain/registration';
import type { RegistryRecord } from '../domain/registry';
import { ConflictError, type RegisterPorts } from '../ports';

/** Who registers at the same time as others tries again so often. */
const ATTEMPTS = 5;

/** Makes AMIs the next version of an image, or says which version they are already. Throws `RefusedRequest`. */
export async function register(namespace: string, command: RegisterCommand, by: RegisteredBy, ports: RegisterPorts): Promise<CommandAnswer> {
  const intent = await intentOf(namespace, command.image, ports);
  const found = command.manifest === undefined ? { amis: command.amis ?? {} } : amisOfManifest(command.manifest);
  await checkAmis(intent, found, ports);
  await checkBuild(intent, command, ports);
  const made = {
    ...found,
    registeredAt: new Date(ports.clock.now()).toISOString(),
    registeredBy: by,
    contentHash: intent.contentHash,
    tested: command.tested === true,
    ...(command.build ? { build: command.build } : {}),
  };
  const { registration, known } = await write(ledgerKey.registrations(namespace, intent.name), intent, made, ports);
  const { version, amis } = registration;
  ports.log.info(known ? 'registered-already' : 'registered', { image: intent.name, version, amis, ...by });
  await ports.queue.lookAgain({ kind: 'image', name: intent.name }, 0);
  return { image: intent.name, version, amis, known };
}

async function intentOf(namespace: string, image: string, { ledger }: RegisterPorts): Promise<ImageIntent & Required<Pick<ImageIntent, 'registered'>>> {
  const { document: record } = await ledger.read<RegistryRecord>(ledgerKey.registry(namespace));
  if (!record || record.withdrawn) throw new RefusedRequest(`nothing is deployed in the namespace '${namespace}'`);
  const { images } = record.document;
  const intent = images.find(({ name }) => name === image);
  const registered = images.filter((each) => each.registered).map(({ name }) => name).join(', ') || 'none';
  if (!intent) throw new RefusedRequest(`the namespace '${namespace}' has no image '${image}'; images that take registrations: ${registered}`);
  if (!intent.registered) {
    throw new RefusedRequest(`the image '${image}' is built by its pipeline; images that take registrations: ${registered}`);
  }
  return { ...intent, registered: intent.registered };
}

async function checkAmis(intent: ImageIntent, { amis }: ManifestAmis, { amis: port }: RegisterPorts): Promise<void> {
  const problem = idProblem(amis, intent.regions);
  if (problem) throw new RefusedRequest(problem);
  for (const [region, id] of Object.entries(amis)) {
    const wrong = amiProblem(await port.find(region, id), intent.registered!, port.account);
    if (wrong) throw new RefusedRequest(`${id} in ${region} ${wrong}`);
  }
}

/** A build speaks for itself only, and only while it runs. */
async function checkBuild(intent: ImageIntent, { build }: RegisterCommand, { builds }: RegisterPorts): Promise<void> {
  if (build === undefined) return;
  const found = intent.registered?.projectName === undefined ? undefined : await builds.find(build);
  if (found?.projectName !== intent.registered?.projectName || found?.status !== 'in-flight') {
    throw new RefusedRequest(`${build} is no running build of the image '${intent.name}'`);
  }
}

async function write(key: string, intent: ImageIntent, made: Parameters<typeof addRegistration>[1], { ledger }: RegisterPorts): Promise<Registered> {
  for (let attempt = 1; ; attempt += 1) {
    const { document, revision } = await ledger.read<RegistrationsDocument>(key);
    const result = addRegistration(document ?? noRegistrations(intent.name), made);
    if (result.known) return result;
    try {
      await ledger.write(key, result.document, revision);
      return result;
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === ATTEMPTS) throw error;
    }
  }
}
