import type { Belongs } from './own-stack';
import { isDenied } from '../aws/errors';
import { wait } from '../aws/system';
import { ConflictError, TransientError } from '../ports';

/** A request as CloudFormation sends it. */
export interface CustomResourceEvent<P> {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: P;
  readonly OldResourceProperties?: P;
}

/** What Lambda tells a function about its invocation. */
export interface Context {
  getRemainingTimeInMillis(): number;
}

/** What a custom resource does; the text that deleting gives is shown beside its success. */
export interface CustomResource<P> {
  physicalId(properties: P): string;
  create(properties: P, stackId: string): Promise<void>;
  update(properties: P, stackId: string, before: P): Promise<void>;
  delete(properties: P, stackId: string): Promise<string | undefined>;
}

/** A refusal whose text is the reason that the user reads. */
export class Refusal extends Error {}

const RETRY_SECONDS = [1, 2, 5, 10, 20, 30];
/**
 * A role that was made or widened seconds ago is not known everywhere yet (IAM user guide, "Changes that I make are not always immediately
 * visible"; assumption: iam-propagation). A denial that lasts longer is one.
 */
const PROPAGATION_SECONDS = 120;
/** Kept of the time of an invocation for answering: a function that is killed before it has answers only when Lambda calls it again. */
const ANSWER_SECONDS = 30;
const ANSWER_AGAIN_SECONDS = [1, 3];
const SEND_SECONDS = 7;
const MAXIMUM_REASON = 1000;

/** A handler that always answers, so that no stack waits for the time-out. */
export function customResource<P>(
  resource: CustomResource<P>, belongs: Belongs,
): (event: CustomResourceEvent<P>, context: Context) => Promise<void> {
  return async (event, context) => {
    const id = physicalIdOf(resource, event);
    const answer = await run(ofOurStacks(resource, belongs), event, context).then(
      (note) => ({ Status: 'SUCCESS', ...(note ? { Reason: note.slice(0, MAXIMUM_REASON) } : {}) }),
      (error: Error) => ({ Status: 'FAILED', Reason: reasonOf(error) }),
    );
    await respond(event, id, answer);
  };
}

/** Nothing is done for a stranger's stack; that its resource goes again is no reason to keep that stack. */
function ofOurStacks<P>(resource: CustomResource<P>, belongs: Belongs): CustomResource<P> {
  const check = async (stackId: string): Promise<void> => {
    if (!await belongs(stackId)) throw new Refusal(`${stackId} is not the stack that this function serves; nothing was done`);
  };
  return {
    physicalId: (properties) => resource.physicalId(properties),
    create: async (properties, stackId) => { await check(stackId); await resource.create(properties, stackId); },
    update: async (properties, stackId, before) => { await check(stackId); await resource.update(properties, stackId, before); },
    delete: async (properties, stackId) => (await belongs(stackId) ? resource.delete(properties, stackId) : undefined),
  };
}

/** Of a request that is malformed too: CloudFormation sends the deletion of what it could not create under this id. */
function physicalIdOf<P>(resource: CustomResource<P>, event: CustomResourceEvent<P>): string {
  if (event.RequestType === 'Delete' && event.PhysicalResourceId) return event.PhysicalResourceId;
  try {
    return resource.physicalId(event.ResourceProperties);
  } catch {
    return event.PhysicalResourceId ?? `${event.LogicalResourceId}-${event.RequestId}`;
  }
}

/** There is no queue behind a custom resource that would bring the request again: what may pass is waited for. */
async function run<P>(resource: CustomResource<P>, event: CustomResourceEvent<P>, context: Context): Promise<string | undefined> {
  const began = Date.now();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await dispatch(resource, event);
    } catch (error) {
      const seconds = RETRY_SECONDS[attempt] ?? RETRY_SECONDS.at(-1)!;
      const timeLeft = context.getRemainingTimeInMillis() / 1000 - seconds > ANSWER_SECONDS;
      if (!timeLeft || !mayPass(error, (Date.now() - began) / 1000)) throw error;
      await wait(seconds);
    }
  }
}

async function dispatch<P>(resource: CustomResource<P>, event: CustomResourceEvent<P>): Promise<string | undefined> {
  switch (event.RequestType) {
    case 'Create': await resource.create(event.ResourceProperties, event.StackId); return undefined;
    case 'Update': await resource.update(event.ResourceProperties, event.StackId, event.OldResourceProperties ?? event.ResourceProperties); return undefined;
    case 'Delete': return resource.delete(event.ResourceProperties, event.StackId);
  }
}

function mayPass(error: unknown, secondsAfterAll: number): boolean {
  if (isDenied(error)) return secondsAfterAll < PROPAGATION_SECONDS;
  return error instanceof TransientError || error instanceof ConflictError;
}

/** One line, no stack trace. */
function reasonOf(error: Error): string {
  const text = error instanceof Refusal ? error.message : `${error.name}: ${error.message}`;
  return text.split('\n')[0]!.slice(0, MAXIMUM_REASON);
}

/** The URL is signed for an empty content type. What CloudFormation does not take fails the function, which Lambda calls again. */
async function respond<P>(event: CustomResourceEvent<P>, id: string, answer: { Status: string; Reason?: string }): Promise<void> {
  const body = JSON.stringify({
    PhysicalResourceId: id, StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, ...answer,
  });
  for (const seconds of [...ANSWER_AGAIN_SECONDS, undefined]) {
    const failure = await send(event.ResponseURL, body);
    if (failure === undefined) return;
    if (seconds === undefined) throw new Error(`CloudFormation did not take the answer: ${failure}`);
    await wait(seconds);
  }
}

async function send(url: string, body: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { method: 'PUT', headers: { 'content-type': '' }, body: Buffer.from(body), signal: AbortSignal.timeout(SEND_SECONDS * 1000) });
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    return (error as Error).message;
  }
}
