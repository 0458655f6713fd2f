import { posix, win32 } from 'node:path';
import type { Construct } from 'constructs';
import type { StepAction, StepBindOptions, StepConfig } from './action';
import { Platform } from '../../image/platform';
import { InvalidInputError } from '../../private/errors';
import type { Source, SourceConfig } from '../source';

/** What differs between the platforms when a file is fetched and unpacked. */
interface Dialect {
  readonly path: typeof posix;
  readonly temporary: string;
  readonly execute: string;
  makeFolder(folder: string): string;
  unpack(archive: string, folder: string): string;
}

const linux: Dialect = {
  path: posix,
  temporary: '/tmp',
  execute: 'ExecuteBash',
  // Not every distribution comes with unzip; Python is there wherever cloud-init is (assumption: python3-or-unzip).
  makeFolder: (folder) => `set -euo pipefail\nmkdir -p '${folder}'`,
  unpack: (archive, folder) => [
    'set -euo pipefail',
    `if command -v unzip >/dev/null; then unzip -oq '${archive}' -d '${folder}'; else python3 -m zipfile -e '${archive}' '${folder}'; fi`,
    `rm -f '${archive}'`,
  ].join('\n'),
};

/** Where archives are unpacked on Windows. */
const SHORT = 'C:\\gi-zip';

const windows: Dialect = {
  path: win32 as typeof posix,
  temporary: 'C:\\Windows\\Temp',
  execute: 'ExecutePowerShell',
  makeFolder: (folder) => `$ErrorActionPreference = 'Stop'\nNew-Item -ItemType Directory -Force -Path '${folder}' | Out-Null`,
  // Expand-Archive and ExtractToDirectory of Windows PowerShell end at 260 characters, the former with an error that misleads
  // (PowerShell/Microsoft.PowerShell.Archive#44): unpacked under a short path, and moved by robocopy, which has no such limit. Its exit codes
  // from 8 on are failures ("robocopy", Exit codes).
  unpack: (archive, folder) => [
    "$ErrorActionPreference = 'Stop'",
    `if (Test-Path -LiteralPath '${SHORT}') { & cmd.exe /d /c rd /s /q '\\\\?\\${SHORT}' }`,
    'Add-Type -AssemblyName System.IO.Compression.FileSystem',
    `[System.IO.Compression.ZipFile]::ExtractToDirectory('${archive}', '${SHORT}')`,
    `& robocopy.exe '${SHORT}' '${folder}' /E /MOVE /IS /IT /R:5 /W:3 /NFL /NDL /NJH /NJS /NP`,
    `if ($LASTEXITCODE -ge 8) { throw "robocopy.exe: exit code $LASTEXITCODE, while ${archive} was unpacked" }`,
    '$global:LASTEXITCODE = 0',
    `Remove-Item -LiteralPath '${archive}'`,
  ].join('\n'),
};

/** Creates the folder, downloads, checks, and unpacks what is an archive. */
export const download = (from: Source, destination: string) => (scope: Construct, options: StepBindOptions): StepConfig => {
  const dialect = options.platform === Platform.WINDOWS ? windows : linux;
  checkDestination(scope, destination, dialect, options.platform);
  const source = from.bind(scope, options.grantee);
  const folder = source.archive ? destination : dialect.path.dirname(destination);
  const file = source.archive ? dialect.path.join(dialect.temporary, source.fileName.replace(/(?:\.zip)?$/i, '.zip')) : destination;
  return {
    platform: options.platform,
    actions: [
      // Download modules want the folder to be there.
      { name: 'MakeFolder', action: dialect.execute, inputs: { commands: [dialect.makeFolder(folder)] } },
      ...transfer(source, file),
      ...source.archive ? [{ name: 'Unpack', action: dialect.execute, inputs: { commands: [dialect.unpack(file, folder)] } }] : [],
    ],
  };
};

function checkDestination(scope: Construct, destination: string, dialect: Dialect, platform: Platform): void {
  if (!dialect.path.isAbsolute(destination) || /['"{}]/.test(destination)) {
    throw new InvalidInputError(scope, {
      what: `the download destination '${destination}' is not valid`,
      expected: `an absolute path of ${platform} without quotes and braces`,
      fix: 'correct the destination',
    });
  }
}

/** Downloads a file, whose folder exists, and checks what came (assumption: web-download-redirects). */
export function transfer(source: SourceConfig, path: string): StepAction[] {
  const action = source.uri.startsWith('https://') ? 'WebDownload' : 'S3Download';
  const fetch = { name: 'Download', action, inputs: [{ source: source.uri, destination: path }], maxAttempts: 3 };
  return source.sha256 === undefined
    ? [fetch]
    : [fetch, { name: 'Checksum', action: 'Assert', inputs: { fileSHA256Equals: source.sha256, path } }];
}
