import type { FileEncoding } from './file-encoding';

/** A path on the instance. */
export interface PathInputs {
  /** Absolute path. */
  readonly path: string;
}

/** One file of `AppendFile`. */
export interface AppendFileInputs extends PathInputs {
  /**
   * What is added at the end.
   *
   * @default - nothing
   */
  readonly content?: string;

  /**
   * How the text is written.
   *
   * @default FileEncoding.UTF_8
   */
  readonly encoding?: FileEncoding;
}

/** One file of `CreateFile`. */
export interface CreateFileInputs extends AppendFileInputs {
  /**
   * Owner: name or number. Not on Windows.
   *
   * @default - root
   */
  readonly owner?: string;

  /**
   * Group: name or number. Not on Windows.
   *
   * @default - the group of root
   */
  readonly group?: string;

  /**
   * Permissions, such as `0644`. Not on Windows.
   *
   * @default '0666'
   */
  readonly permissions?: string;

  /**
   * Whether a file that is there is replaced.
   *
   * @default true
   */
  readonly overwrite?: boolean;
}

/** One folder of `CreateFolder`. */
export interface CreateFolderInputs extends PathInputs {
  /**
   * Owner: name or number. Not on Windows.
   *
   * @default - root
   */
  readonly owner?: string;

  /**
   * Group: name or number. Not on Windows.
   *
   * @default - the group of root
   */
  readonly group?: string;

  /**
   * Permissions, such as `0755`. Not on Windows.
   *
   * @default '0777'
   */
  readonly permissions?: string;

  /**
   * Whether a folder that is there is replaced.
   *
   * @default true
   */
  readonly overwrite?: boolean;
}

/** One copy or move. */
export interface RelocateInputs {
  /** Where it is; may end in a pattern. */
  readonly source: string;

  /** Where it goes. */
  readonly destination: string;

  /**
   * Whether what is there is replaced.
   *
   * @default true
   */
  readonly overwrite?: boolean;
}

/** One link of `CreateSymlink`. */
export interface SymlinkInputs extends PathInputs {
  /** Where it leads. */
  readonly target: string;

  /**
   * Whether a link that is there is replaced.
   *
   * @default false
   */
  readonly force?: boolean;
}

/** One folder of `DeleteFolder`. */
export interface DeleteFolderInputs extends PathInputs {
  /**
   * Whether it goes with all that is in it.
   *
   * @default - it must be empty
   */
  readonly force?: boolean;
}

/** Inputs of `ListFiles`. */
export interface ListFilesInputs extends PathInputs {
  /**
   * Pattern of the names.
   *
   * @default - all
   */
  readonly fileNamePattern?: string;

  /**
   * Whether folders in the folder are searched.
   *
   * @default false
   */
  readonly recursive?: boolean;
}

/** Inputs of `ReadFile`. */
export interface ReadFileInputs extends PathInputs {
  /**
   * How the text is written.
   *
   * @default FileEncoding.UTF_8
   */
  readonly encoding?: FileEncoding;

  /**
   * Whether what is in the file goes into the log.
   *
   * @default false
   */
  readonly printFileContent?: boolean;
}

/** One file of `SetFileEncoding`. */
export interface FileEncodingInputs extends PathInputs {
  /**
   * How the text is to be written.
   *
   * @default FileEncoding.UTF_8
   */
  readonly encoding?: FileEncoding;
}
