import { ledgerKey, type TemplateDeclaration, type TemplateDocument, type TemplateProperties } from '../../contract';
import { declaredIn, findDeclared, matches, type Found } from '../domain/template';
import { TransientError, type Clock, type Ledger, type Log, type StackOperations } from '../ports';
import type { TemplateContents } from '../ports-fleet';

const SHOWN = 8;

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

/**
 * Records the version of a launch template that has what the stack declares; gives the reason why the deploy must fail instead. A rollback never
 * fails: it would leave the stack stuck.
 */
export async function recordTemplate(request: RecordRequest, ports: RecordPorts): Promise<string | undefined> {
  const { properties, stackId, rootId } = request;
  const [own, root] = await Promise.all([ports.stacks.operation(stackId), ports.stacks.operation(rootId)]);
  if (stackId !== rootId && own.rootId !== rootId) return `the request is of the stack ${stackId}, and this function serves ${rootId} only`;
  const states = [own.state, root.state];
  if (states.includes('rolling-back')) return declare(request, root.began!, ports).then(() => undefined, (error: Error) => passed(error, properties, ports.log));
  // Nobody authenticates to a function: without an operation there is no deploy that could declare anything.
  if (states.some((state) => state !== 'in-progress')) return `the stack ${rootId} is not being deployed: it declares no launch template now`;
  return declare(request, root.began!, ports);
}

async function declare(request: RecordRequest, operation: string, ports: RecordPorts): Promise<string | undefined> {
  const { properties, before, stackId } = request;
  const { Namespace: namespace, Fleet: fleet, LaunchTemplateId: templateId, LatestVersion: latest, Data: data, Overrides: overrides } = properties;
  const versions = await ports.contents.versions(templateId);
  const found = findDeclared(data, versions, latest);
  const overridesHash = ports.overridesHash(overrides);
  const again = before?.LaunchTemplateId === templateId && matches(before.Data, data) && ports.overridesHash(before.Overrides) === overridesHash;
  if (found.version) {
    const { number, contentHash, createdBy } = found.version;
    await write(namespace, templateId, {
      number, contentHash, createdBy, stackId, operation, declaredAt: new Date(ports.clock.now()).toISOString(), overridesHash,
    }, again, ports);
    ports.log.info('template-recorded', { fleet, templateId, number, createdBy });
    return undefined;
  }
  // The deploy made no version: what an earlier one declared stands, also where its version was deleted since.
  if (again) return undefined;
  const reason = mismatch(templateId, latest, found);
  // EC2 is eventually consistent: a version that was made a moment ago may not be listed yet.
  if (!versions.some(({ number }) => number === latest)) throw new TransientError(reason);
  return reason;
}

async function write(
  namespace: string, templateId: string, declaration: TemplateDeclaration, again: boolean, { ledger }: Pick<RecordPorts, 'ledger'>,
): Promise<void> {
  const key = ledgerKey.template(namespace, templateId);
  const { document, revision } = await ledger.read<TemplateDocument>(key);
  const next = declaredIn(document, templateId, declaration, again);
  if (next) await ledger.write(key, next, revision);
}

function mismatch(templateId: string, latest: string, { nearest }: Extract<Found, { version: undefined }>): string {
  const near = nearest
    ? `the nearest, version ${nearest.version.number} by ${nearest.version.createdBy ?? 'somebody'}, differs in ${listed(nearest.differences)}`
    : 'it has no versions';
  return `no version of the launch template ${templateId} is what the stack declares (latest version: ${latest}): ${near}; expected the version that this deploy `
    + 'made; find out in AWS CloudTrail who made or deleted versions meanwhile (CreateLaunchTemplateVersion, DeleteLaunchTemplateVersions), then deploy again';
}

function passed(error: Error, { Fleet: fleet, LaunchTemplateId: templateId }: TemplateProperties, log: Log): undefined {
  log.warn('template-not-recorded-in-rollback', { fleet, templateId, reason: error.message });
}

/** As many as there is room for in the answer to CloudFormation. */
function listed(paths: readonly string[]): string {
  const [first, rest] = [paths.slice(0, SHOWN), paths.length - SHOWN];
  return `${first.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
