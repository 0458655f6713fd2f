/** A local file or folder, and its path in an archive. */
export interface StagedFile {
  readonly from: string;
  readonly to: string;
}

/** Where something that is brought to the instance comes from. Paths are absolute. */
export type SourcePlan =
  /** A file or folder. */
  | { readonly kind: 'asset'; readonly path: string }
  | { readonly kind: 'text'; readonly fileName: string; readonly text: string }
  /** Files and folders of several places as one folder, whose name is that on the instance. */
  | { readonly kind: 'staged'; readonly name: string; readonly files: readonly StagedFile[] };
