/** A request of an AWS client, with or without a socket under it. Header names are lower case. */
export interface WireRequest {
  readonly method: string;
  /** As sent: not decoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array;
  /** The client reads this body as a stream. */
  readonly streaming?: boolean;
}

/** The body as text. */
export function text(request: WireRequest): string {
  const { body } = request;
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
