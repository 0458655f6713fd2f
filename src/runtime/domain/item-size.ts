/** Bytes that an item of the ledger may grow to; a DynamoDB item holds 400 KB, and more comes to it. */
export const MOST_BYTES = 300_000;

/** Length of a value in an item, in bytes. */
export const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value));
