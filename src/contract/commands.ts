/** What is refused beyond: bounds of a request, and so of what the ledger keeps of it. A DynamoDB item holds 400 KB. */
export const REQUEST_LIMITS = {
  /** Bytes of the body of a request to the function URL. */
  body: 1_048_576,
  /** Regions of a version; AWS has fewer. */
  regions: 40,
  /** Characters of the name that a direct caller gives itself. */
  caller: 256,
  /** Characters of the ARN of a build. */
  build: 300,
  /** Bytes of all `custom_data` of a run, as JSON. */
  customData: 65_536,
} as const;

/** What an operator asks for: the body of a request to the function URL, or the payload of a direct invocation. */
export interface RegisterCommand {
  readonly command: 'register';
  readonly image: string;
  /** AMI id by region; absent where there is a manifest. */
  readonly amis?: Readonly<Record<string, string>>;
  /** The manifest of a Packer run, as its post-processor wrote it. */
  readonly manifest?: unknown;
  /** Whether the AMI was tested: opens the gate of image tests. */
  readonly tested?: boolean;
  /** ARN of the AWS CodeBuild build that made the AMI; only from that build itself, while it runs. */
  readonly build?: string;
}

/** What a command came to. */
export type CommandAnswer =
  | { readonly version: string; readonly image: string; readonly amis: Readonly<Record<string, string>>; readonly known: boolean }
  /** Copies of the AMIs are made first: the same command again, after so long, says what came of them. */
  | { readonly image: string; readonly copying: Readonly<Record<string, string>>; readonly retrySeconds: number }
  | { readonly error: string };
