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

/** Bytes as text. Not by `toString` of what came: the SDK warns when its own request bodies are used so. */
export function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
