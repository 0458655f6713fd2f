import { ledgerKey, type TemplateDeclaration, type TemplateDocument, type TemplateProperties } from '../../contract';
import { declaredIn, findDeclared, isOtherImageOnly, matches, mismatch, type TemplateContent } from '../domain/template';
import { TransientError, type Clock, type Ledger, type Log, type StackOperations } from '../ports';
import type { TemplateContents } from '../ports-fleet';

export interface RecordPorts {
  readonly contents: TemplateContents;
  readonly stacks: StackOperations;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: Log;
  readonly overridesHash: (overrides?: readonly object[]) => string | undefined;
}

export interface RecordRequest {
  readonly properties: TemplateProperties;
  /** What the resource had before; absent where it is created. */
  readonly before?: TemplateProperties;
  /** Stack of the resource, as the request says. */
  readonly stackId: string;
  /** The stack of the control plane, whose operation this is part of. */
  readonly rootId: string;
}

/** A request within an operation of the stack. */
interface Deploy extends RecordRequest {
  readonly operation: string;
  /** Nothing new is declared, but for the number of the latest version. */
  readonly again: boolean;
}

/** Records the version of a launch template that has what the stack declares; gives the reason why the deploy must fail instead. */
export async function recordTemplate(request: RecordRequest, ports: RecordPorts): Promise<string | undefined> {
  const { stackId, rootId } = request;
  const [own, root] = await Promise.all([ports.stacks.operation(stackId), ports.stacks.operation(rootId)]);
  const states = [own.state, root.state];
  const deploy = { ...request, operation: root.began ?? '', again: isAgain(request, ports) };
  if (states.includes('rolling-back')) return inRollback(deploy, ports);
  // Nobody authenticates to a function: without an operation there is no deploy that could declare anything.
  if (states.some((state) => state !== 'in-progress')) return `the stack ${rootId} is not being deployed: it declares no launch template now`;
  return record(deploy, ports);
}

/** A rollback never fails: it would leave the stack stuck. What it goes back to was declared before. */
async function inRollback(deploy: Deploy, ports: RecordPorts): Promise<undefined> {
  try {
    await record({ ...deploy, again: true }, ports);
  } catch (error) {
    const { Fleet: fleet, LaunchTemplateId: templateId } = deploy.properties;
    ports.log.warn('template-not-recorded-in-rollback', { fleet, templateId, reason: (error as Error).message });
  }
}

async function record(deploy: Deploy, ports: RecordPorts): Promise<string | undefined> {
  const { Fleet: fleet, LaunchTemplateId: templateId, LatestVersion: latest, Data: data } = deploy.properties;
  const versions = await ports.contents.versions(templateId);
  const found = findDeclared(data, versions, latest);
  if (found.version) return write(deploy, found.version, ports);
  // The deploy made no version: what an earlier one declared stands, also where its version was deleted since.
  if (deploy.again || (!deploy.before && isOtherImageOnly(found))) {
    ports.log.warn('template-without-declared-version', { fleet, templateId, latest });
    return undefined;
  }
  const reason = mismatch(templateId, latest, found);
  // EC2 is eventually consistent: a version that was made a moment ago may not be listed yet.
  if (!versions.some(({ number }) => number === latest)) throw new TransientError(reason);
  return reason;
}

async function write(deploy: Deploy, { number, contentHash, createdBy }: TemplateContent, ports: RecordPorts): Promise<undefined> {
  const { properties, stackId, operation, again } = deploy;
  const { Namespace: namespace, Fleet: fleet, LaunchTemplateId: templateId, Overrides: overrides } = properties;
  const [declaredAt, overridesHash] = [new Date(ports.clock.now()).toISOString(), ports.overridesHash(overrides)];
  const declaration: TemplateDeclaration = { number, contentHash, createdBy, stackId, operation, declaredAt, overridesHash };
  const key = ledgerKey.template(namespace, templateId);
  const { document, revision } = await ports.ledger.read<TemplateDocument>(key);
  const next = declaredIn(document, templateId, declaration, again);
  if (next) await ports.ledger.write(key, next, revision);
  ports.log.info('template-recorded', { fleet, templateId, number, createdBy });
}

function isAgain({ properties, before }: RecordRequest, { overridesHash }: RecordPorts): boolean {
  return before?.LaunchTemplateId === properties.LaunchTemplateId && matches(before.Data, properties.Data)
    && overridesHash(before.Overrides) === overridesHash(properties.Overrides);
}
