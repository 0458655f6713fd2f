/** An error as AWS reports it: a code, a message and the HTTP status. The wire renders it in the protocol of the caller. */
export class AwsError extends Error {
  public constructor(
    public readonly code: string,
    message: string,
    public readonly status: number = 400,
    public readonly members: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = code;
  }
}

/** Something the model does not know. It is never answered by a guess: it fails by name. */
export class NotModelled extends AwsError {
  public constructor(what: string) {
    super('NotModelled', `the local AWS does not model ${what}; nothing was done`, 501);
  }
}
