import type { ModuleLines, Values } from './language';
import type { Mapping } from '../../../../src/component/document';

const truth = (value: unknown, otherwise: boolean): boolean => (value === undefined || value === null ? otherwise : String(value).toLowerCase() === 'true');

const requireFile = (path: string): string => `if (-not (Test-Path -LiteralPath ${path} -PathType Leaf)) { throw "$(${path}) is no file" }`;
const requireFolder = (path: string): string => `if (-not (Test-Path -LiteralPath ${path} -PathType Container)) { throw "$(${path}) is no folder" }`;
const vacant = (path: string, overwrite: unknown): string[] => (truth(overwrite, true) ? [] : [`if (Test-Path -LiteralPath ${path}) { throw "$(${path}) exists, and overwrite is false" }`]);
const parent = (path: string): string => `New-Item -ItemType Directory -Force -Path (Split-Path ${path}) | Out-Null`;

/** Encodings as .NET knows them; UTF-8 is without a byte order mark. */
function encoding(name: unknown, { plain }: Values): string {
  const [, width = '8', order = 'le'] = /^utf-?(8|16|32)(?:-?(le|be))?$/.exec(name === undefined ? 'utf8' : plain(name, 'encoding').toLowerCase()) ?? [];
  return width === '8' ? '(New-Object Text.UTF8Encoding $false)' : `(New-Object Text.${width === '16' ? 'Unicode' : 'UTF32'}Encoding $${order === 'be'}, $false)`;
}

const relocate = (kind: 'file' | 'folder', command: string): ModuleLines => ({ source, destination, overwrite }, { word }) => [
  kind === 'file' ? requireFile(word(source)) : requireFolder(word(source)),
  `$target = ${word(destination)}`,
  `if ($target -match '[\\\\/]$') { $target = Join-Path $target (Split-Path -Leaf ${word(source)}) }`,
  ...vacant('$target', overwrite),
  ...truth(overwrite, true) ? ['Remove-Item -LiteralPath $target -Recurse -Force -ErrorAction SilentlyContinue'] : [],
  parent('$target'),
  `${command} -LiteralPath ${word(source)} -Destination $target${kind === 'folder' && command === 'Copy-Item' ? ' -Recurse' : ''} -Force`,
];

const HIVES: Readonly<Record<string, string>> = { HKCR: 'HKEY_CLASSES_ROOT', HKU: 'HKEY_USERS', HKLM: 'HKEY_LOCAL_MACHINE', HKCC: 'HKEY_CURRENT_CONFIG', HKCU: 'HKEY_CURRENT_USER' };
const KINDS: Readonly<Record<string, string>> = { BINARY: 'Binary', DWORD: 'DWord', QWORD: 'QWord', SZ: 'String', EXPAND_SZ: 'ExpandString', MULTI_SZ: 'MultiString' };

/** "SetRegistry": binary values are written in hexadecimal digits. */
const registry: ModuleLines = ({ path, name, value, type }, { word, plain }) => {
  const key = plain(path, 'a registry key').replace(/^(HKCR|HKU|HKLM|HKCC|HKCU):/, (_, hive: string) => HIVES[hive]!);
  const kind = plain(type, 'a registry type').toUpperCase();
  const data = kind === 'BINARY' ? `([byte[]](${word(value)} -replace '[^0-9A-Fa-f]' -split '(..)' -ne '' | ForEach-Object { [Convert]::ToByte($_, 16) }))`
    : kind === 'DWORD' ? `([uint32]${word(value)})` : kind === 'QWORD' ? `([uint64]${word(value)})`
      : kind === 'MULTI_SZ' ? `@(${(Array.isArray(value) ? value : [value]).map(word).join(', ')})` : word(value);
  return [
    `$key = ${word(`Registry::${key}`)}`,
    'if (-not (Test-Path -LiteralPath $key)) { New-Item -Path $key -Force | Out-Null }',
    `New-ItemProperty -LiteralPath $key -Name ${word(name)} -Value ${data} -PropertyType ${KINDS[kind]} -Force | Out-Null`,
  ];
};

/** "InstallMSI", "UninstallMSI": exit codes of msiexec. */
const msi = (action: '/i' | '/x'): ModuleLines => ({ path, properties, logFile, logOptions, reboot, ignoreAuthenticodeSignatureErrors, allowUnsignedInstaller, restartFile }, values) => {
  const { word, plain } = values;
  const good = action === '/i' ? '0, 1614, 1641, 3010' : '0, 1605, 1614, 1641, 3010';
  const file = plain(path, 'the path of a package');
  const options = Object.entries(properties as Mapping ?? {}).map(([name, value]) => word(`${name}="${plain(value, `the property ${name}`)}"`));
  const log = logFile === undefined ? [] : [word(`/L${logOptions === undefined ? '*V' : plain(logOptions, 'logOptions')}`), word(`"${plain(logFile, 'logFile')}"`)];
  const restart = String(reboot ?? 'Allow').toLowerCase();
  const flag = `New-Item -ItemType File -Force -Path ${word(restartFile)} | Out-Null`;
  return [
    ...truth(ignoreAuthenticodeSignatureErrors, false) ? [] : [
      `$signature = (Get-AuthenticodeSignature -LiteralPath ${word(path)}).Status`,
      `if ($signature -ne 'Valid'${truth(allowUnsignedInstaller, false) ? " -and $signature -ne 'NotSigned'" : ''}) { throw "the signature of the package: $signature" }`,
    ],
    `$arguments = @(${[word(action), word(`"${file}"`), "'/qn'", "'/norestart'", ...log, ...options].join(', ')})`,
    "$code = (Start-Process -FilePath 'msiexec.exe' -ArgumentList $arguments -Wait -PassThru).ExitCode",
    `if (@(${good}) -notcontains $code) { throw "msiexec ended with $code" }`,
    ...restart === 'skip' ? [] : [
      parent(word(restartFile)),
      restart === 'force' ? flag : `if (@(1641, 3010) -contains $code) { ${flag} } else { Remove-Item -LiteralPath ${word(restartFile)} -ErrorAction SilentlyContinue }`,
    ],
  ];
};

const download: ModuleLines = ({ source, destination, overwrite, ignoreCertificateErrors, checksum, algorithm }, { word, plain }) => [
  `$target = ${word(destination)}`,
  `if ($target -match '[\\\\/]$' -or (Test-Path -LiteralPath $target -PathType Container)) { $target = Join-Path $target ([IO.Path]::GetFileName(([uri]${word(source)}).AbsolutePath)) }`,
  ...vacant('$target', overwrite),
  parent('$target'),
  '[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12',
  ...truth(ignoreCertificateErrors, false) ? ['[Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }'] : [],
  `Invoke-WebRequest -UseBasicParsing -Uri ${word(source)} -OutFile $target`,
  ...algorithm === undefined ? [] : [
    `if ((Get-FileHash -LiteralPath $target -Algorithm ${plain(algorithm, 'algorithm').toUpperCase()}).Hash -ne ${word(checksum)}) { Remove-Item -LiteralPath $target; throw "the checksum of $target is wrong" }`,
  ],
];

/** Modules of the document on Windows, for one of their inputs. */
export const powershellModules: Readonly<Record<string, ModuleLines>> = {
  CreateFile: (input, values) => {
    const path = values.word(input.path);
    return [...vacant(path, input.overwrite), parent(path), `[IO.File]::WriteAllText(${path}, ${values.word(input.content ?? '')}, ${encoding(input.encoding, values)})`];
  },
  AppendFile: (input, values) => [
    requireFile(values.word(input.path)), `[IO.File]::AppendAllText(${values.word(input.path)}, ${values.word(input.content ?? '')}, ${encoding(input.encoding, values)})`,
  ],
  ReadFile: (input, values) => [requireFile(values.word(input.path)), `[IO.File]::ReadAllText(${values.word(input.path)}, ${encoding(input.encoding, values)})`],
  DeleteFile: ({ path }, { word, plain }) => (plain(path, 'path').includes('*')
    ? [`Get-ChildItem -Path ${word(path)} -File | Remove-Item -Force`]
    : [requireFile(word(path)), `Remove-Item -LiteralPath ${word(path)} -Force`]),
  CreateFolder: (input, { word }) => [
    ...vacant(word(input.path), input.overwrite),
    ...truth(input.overwrite, true) ? [`Remove-Item -LiteralPath ${word(input.path)} -Recurse -Force -ErrorAction SilentlyContinue`] : [],
    `New-Item -ItemType Directory -Force -Path ${word(input.path)} | Out-Null`,
  ],
  DeleteFolder: ({ path, force }, { word }) => [
    requireFolder(word(path)),
    ...truth(force, false) ? [] : [`if (@(Get-ChildItem -LiteralPath ${word(path)} -Force).Count -gt 0) { throw "$(${word(path)}) is not empty" }`],
    `Remove-Item -LiteralPath ${word(path)} -Recurse -Force`,
  ],
  ListFiles: ({ path, fileNamePattern, recursive }, { word }) => [
    requireFolder(word(path)),
    `(Get-ChildItem -LiteralPath ${word(path)} -File${truth(recursive, false) ? ' -Recurse' : ''} | Where-Object { $_.Name -like ${word(fileNamePattern ?? '*')} } | ForEach-Object { $_.FullName }) -join ','`,
  ],
  SetFileEncoding: (input, values) => [
    requireFile(values.word(input.path)), `[IO.File]::WriteAllText(${values.word(input.path)}, [IO.File]::ReadAllText(${values.word(input.path)}), ${encoding(input.encoding, values)})`,
  ],
  CopyFile: relocate('file', 'Copy-Item'),
  MoveFile: relocate('file', 'Move-Item'),
  CopyFolder: relocate('folder', 'Copy-Item'),
  MoveFolder: relocate('folder', 'Move-Item'),
  WebDownload: download,
  ExecuteBinary: ({ path, arguments: args }, { word }) => [`& ${[path, ...args as unknown[] ?? []].map(word).join(' ')}`, 'if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }'],
  SetRegistry: registry,
  InstallMSI: msi('/i'),
  UninstallMSI: msi('/x'),
};
