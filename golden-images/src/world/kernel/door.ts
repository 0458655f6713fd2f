/** An HTTP request that needs no socket: what runs in a world (handlers) hands it to whoever serves that world. */
export interface DoorRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface DoorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Undefined: the connection broke. */
export type Door = (request: DoorRequest) => Promise<DoorResponse | undefined>;
