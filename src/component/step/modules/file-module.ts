import type {
  AppendFileInputs, CreateFileInputs, CreateFolderInputs, DeleteFolderInputs, FileEncodingInputs, ListFilesInputs, PathInputs, ReadFileInputs,
  RelocateInputs, SymlinkInputs,
} from './file-inputs';
import { moduleStep } from './module-step';
import type { FolderOwnerInputs, FolderPermissionsInputs, OwnerInputs, PermissionsInputs } from './ownership-inputs';
import { Platform } from '../../../image/platform';
import type { Step } from '../step';

const copied = <T extends object>(entries: T[]): T[] => entries.map((each) => ({ ...each }));

/** Modules that work on files and folders, as the document format has them (Image Builder user guide, "File system operation modules"). */
export class FileModule {
  /** `AppendFile`: adds text to files, and creates those that are not there. */
  public static appendFile(...files: AppendFileInputs[]): Step {
    return moduleStep('AppendFile', copied(files));
  }

  /** `CopyFile`: copies files. */
  public static copyFile(...copies: RelocateInputs[]): Step {
    return moduleStep('CopyFile', copied(copies));
  }

  /** `CopyFolder`: copies folders with all that is in them. */
  public static copyFolder(...copies: RelocateInputs[]): Step {
    return moduleStep('CopyFolder', copied(copies));
  }

  /** `CreateFile`: creates files; their folders must exist. */
  public static createFile(...files: CreateFileInputs[]): Step {
    return moduleStep('CreateFile', copied(files));
  }

  /** `CreateFolder`: creates folders, and those above them. */
  public static createFolder(...folders: CreateFolderInputs[]): Step {
    return moduleStep('CreateFolder', copied(folders));
  }

  /** `CreateSymlink`: creates symbolic links. Not on Windows. */
  public static createSymlink(...links: SymlinkInputs[]): Step {
    return moduleStep('CreateSymlink', copied(links), Platform.LINUX);
  }

  /** `DeleteFile`: deletes files; a file that is not there is an error. */
  public static deleteFile(...files: PathInputs[]): Step {
    return moduleStep('DeleteFile', copied(files));
  }

  /** `DeleteFolder`: deletes folders. */
  public static deleteFolder(...folders: DeleteFolderInputs[]): Step {
    return moduleStep('DeleteFolder', copied(folders));
  }

  /** `ListFiles`: lists files. Output: `files`, with commas between them. */
  public static listFiles(...folders: ListFilesInputs[]): Step {
    return moduleStep('ListFiles', copied(folders));
  }

  /** `MoveFile`: moves files. */
  public static moveFile(...moves: RelocateInputs[]): Step {
    return moduleStep('MoveFile', copied(moves));
  }

  /** `MoveFolder`: moves folders. */
  public static moveFolder(...moves: RelocateInputs[]): Step {
    return moduleStep('MoveFolder', copied(moves));
  }

  /** `ReadFile`: reads files. Output: `content`. */
  public static readFile(...files: ReadFileInputs[]): Step {
    return moduleStep('ReadFile', copied(files));
  }

  /** `SetFileEncoding`: writes files again, in another encoding. */
  public static fileEncoding(...files: FileEncodingInputs[]): Step {
    return moduleStep('SetFileEncoding', copied(files));
  }

  /** `SetFileOwner`: sets the owner of files. Not on Windows. */
  public static fileOwner(...files: OwnerInputs[]): Step {
    return moduleStep('SetFileOwner', copied(files), Platform.LINUX);
  }

  /** `SetFolderOwner`: sets the owner of folders. Not on Windows. */
  public static folderOwner(...folders: FolderOwnerInputs[]): Step {
    return moduleStep('SetFolderOwner', copied(folders), Platform.LINUX);
  }

  /** `SetFilePermissions`: sets the permissions of files. Not on Windows. */
  public static filePermissions(...files: PermissionsInputs[]): Step {
    return moduleStep('SetFilePermissions', copied(files), Platform.LINUX);
  }

  /** `SetFolderPermissions`: sets the permissions of folders. Not on Windows. */
  public static folderPermissions(...folders: FolderPermissionsInputs[]): Step {
    return moduleStep('SetFolderPermissions', copied(folders), Platform.LINUX);
  }

  private constructor() {}
}
