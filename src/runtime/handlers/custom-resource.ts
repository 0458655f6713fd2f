import { TransientError } from '../ports';

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

/** What a custom resource does; the text that deleting gives is shown beside its success. */
export interface CustomResource<P> {
  physicalId(properties: P): string;
  create(properties: P, stackId: string): Promise<void>;
  update(properties: P, stackId: string): Promise<void>;
  delete(properties: P, stackId: string): Promise<string | undefined>;
}

/** A refusal whose text is the reason that the user reads. */
export class Refusal extends Error {}

const RETRY_SECONDS = [1, 2, 5, 10, 20, 30];
const MAXIMUM_REASON = 1000;

/** A handler that always answers, so that no stack waits for the time-out. */
export function customResource<P>(resource: CustomResource<P>): (event: CustomResourceEvent<P>) => Promise<void> {
  return async (event) => {
    const id = physicalIdOf(resource, event);
    const answer = await run(resource, event).then(
      (note) => ({ Status: 'SUCCESS', ...(note ? { Reason: note.slice(0, MAXIMUM_REASON) } : {}) }),
      (error: Error) => ({ Status: 'FAILED', Reason: reasonOf(error) }),
    );
    await respond(event, id, answer);
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

async function run<P>(resource: CustomResource<P>, event: CustomResourceEvent<P>): Promise<string | undefined> {
  for (const seconds of [...RETRY_SECONDS, undefined]) {
    try {
      return await dispatch(resource, event);
    } catch (error) {
      // There is no queue behind a custom resource that would bring the request again.
      if (!isTransient(error) || seconds === undefined) throw error;
      await new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });
    }
  }
  return undefined;
}

async function dispatch<P>(resource: CustomResource<P>, event: CustomResourceEvent<P>): Promise<string | undefined> {
  switch (event.RequestType) {
    case 'Create': await resource.create(event.ResourceProperties, event.StackId); return undefined;
    case 'Update': await resource.update(event.ResourceProperties, event.StackId); return undefined;
    case 'Delete': return resource.delete(event.ResourceProperties, event.StackId);
  }
}

const isTransient = (error: unknown): boolean => error instanceof TransientError || (error as Error).name === 'ConflictError';

/** One line, no stack trace. */
function reasonOf(error: Error): string {
  const text = error instanceof Refusal ? error.message : `${error.name}: ${error.message}`;
  return text.split('\n')[0]!.slice(0, MAXIMUM_REASON);
}

/** The URL is signed for an empty content type. */
async function respond<P>(event: CustomResourceEvent<P>, id: string, answer: { Status: string; Reason?: string }): Promise<void> {
  const body = JSON.stringify({
    PhysicalResourceId: id, StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, ...answer,
  });
  const response = await fetch(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '' }, body: Buffer.from(body) });
  if (!response.ok) throw new Error(`CloudFormation did not take the answer: HTTP ${response.status}`);
}
