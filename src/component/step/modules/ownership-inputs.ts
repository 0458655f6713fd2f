import type { PathInputs } from './file-inputs';

/** One file of `SetFileOwner`, or folder of `SetFolderOwner`. */
export interface OwnerInputs extends PathInputs {
  /** Owner: name or number. */
  readonly owner: string;

  /**
   * Group: name or number.
   *
   * @default - the group of the owner
   */
  readonly group?: string;
}

/** One folder of `SetFolderOwner`. */
export interface FolderOwnerInputs extends OwnerInputs {
  /**
   * Whether to change everything in the folder, too, recursively.
   *
   * @default false
   */
  readonly recursive?: boolean;
}

/** One file of `SetFilePermissions`. */
export interface PermissionsInputs extends PathInputs {
  /** Permissions, such as `0644`. */
  readonly permissions: string;
}

/** One folder of `SetFolderPermissions`. */
export interface FolderPermissionsInputs extends PermissionsInputs {
  /**
   * Whether to change everything in the folder, too, recursively.
   *
   * @default false
   */
  readonly recursive?: boolean;
}
