import { parseDuration } from './duration';
import type { LocalAws } from './local-aws';
import type { WireRequest, WireResponse } from '../wire/message';
import { same } from '../wire/signature/digest';

/** Where the virtual time of a local AWS is read (GET) and passes on demand (POST with `?pass=PT1H`), by who has its secret. */
export const TIME_PATH = '/_golden-images/time';

/** Undefined for any other path. */
export async function timePath(local: LocalAws, { method, path, query, headers }: WireRequest): Promise<WireResponse | undefined> {
  if (path !== TIME_PATH) return undefined;
  if (!same(headers.authorization ?? '', `Bearer ${local.credentials.secretAccessKey}`)) {
    return answer(401, { message: 'send the header Authorization: Bearer <AWS_SECRET_ACCESS_KEY of this local AWS>' });
  }
  if (method !== 'GET' && method !== 'POST') return answer(405, { message: 'GET, or POST with ?pass=PT1H' });
  if (method === 'POST') {
    const duration = parseDuration(query.get('pass') ?? '');
    if (duration === undefined) return answer(400, { message: `pass must be an ISO 8601 duration such as PT1H or P1DT12H, got '${query.get('pass') ?? ''}'` });
    await local.pass(duration);
  }
  return answer(200, { now: new Date(local.world.now).toISOString() });
}

function answer(status: number, body: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: `${JSON.stringify(body)}\n` };
}
