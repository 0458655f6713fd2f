import type { ModuleLines, Values } from './language';
import type { Mapping } from '../../../../src/component/document';
import { bashQuoted as quoted } from '../../../../src/component/step/quoting';

const truth = (value: unknown, otherwise: boolean): boolean => (value === undefined || value === null ? otherwise : String(value).toLowerCase() === 'true');

const fail = (message: string): string => `{ echo ${message} >&2; exit 1; }`;

const requireFile = (path: string): string => `[ -f ${path} ] || ${fail(`${path}' is no file'`)}`;
const requireFolder = (path: string): string => `[ -d ${path} ] || ${fail(`${path}' is no folder'`)}`;
const vacant = (path: string, overwrite: unknown): string[] => (truth(overwrite, true) ? [] : [`[ ! -e ${path} ] || ${fail(`${path}' exists, and overwrite is false'`)}`]);

const dress = (path: string, { owner, group, permissions }: Mapping, { word }: Values): string[] => [
  ...owner === undefined && group === undefined ? [] : [`chown ${owner === undefined ? '' : word(owner)}${group === undefined ? '' : `:${word(group)}`} -- ${path}`],
  ...permissions === undefined ? [] : [`chmod ${word(permissions)} -- ${path}`],
];

/** Encodings as iconv knows them, without a byte order mark. */
const encoded = (encoding: unknown, { plain }: Values): string => {
  const name = encoding === undefined ? 'utf8' : plain(encoding, 'encoding').toLowerCase();
  const [, width = '8', order = 'le'] = /^utf-?(8|16|32)(?:-?(le|be))?$/.exec(name) ?? [];
  return width === '8' ? '' : ` | iconv -f UTF-8 -t UTF-${width}${order.toUpperCase()}`;
};

/** Copies or moves; a destination that ends in a slash is a folder. */
const relocate = (kind: 'file' | 'folder', command: string): ModuleLines => ({ source, destination, overwrite }, { word }) => [
  kind === 'file' ? requireFile(word(source)) : requireFolder(word(source)),
  `target=${word(destination)}`,
  `case "$target" in */) target=$target$(basename ${word(source)}) ;; esac`,
  ...truth(overwrite, true) ? [] : [`[ ! -e "$target" ] || ${fail('"$target exists, and overwrite is false"')}`],
  'mkdir -p "$(dirname "$target")"',
  ...kind === 'folder' ? ['rm -rf "$target"'] : [],
  `${command} ${word(source)} "$target"`,
];

const owned = (recursive: (input: Mapping) => boolean): ModuleLines => (input, { word }) => [
  `[ -e ${word(input.path)} ] || ${fail(`${word(input.path)}' is not there'`)}`,
  `chown ${recursive(input) ? '-R ' : ''}${word(input.owner)}${input.group === undefined ? '' : `:${word(input.group)}`} -- ${word(input.path)}`,
];

const permitted = (recursive: (input: Mapping) => boolean): ModuleLines => (input, { word }) => [
  `[ -e ${word(input.path)} ] || ${fail(`${word(input.path)}' is not there'`)}`,
  `chmod ${recursive(input) ? '-R ' : ''}${word(input.permissions)} -- ${word(input.path)}`,
];

const never = (): boolean => false;
const deep = ({ recursive }: Mapping): boolean => truth(recursive, true);

/** Modules of the document on Linux, for one of their inputs. */
export const bashModules: Readonly<Record<string, ModuleLines>> = {
  CreateFile: (input, values) => {
    const path = values.word(input.path);
    return [...vacant(path, input.overwrite), `mkdir -p "$(dirname ${path})"`, `printf %s ${values.word(input.content ?? '')}${encoded(input.encoding, values)} > ${path}`, ...dress(path, input, values)];
  },
  AppendFile: (input, values) => [requireFile(values.word(input.path)), `printf %s ${values.word(input.content ?? '')}${encoded(input.encoding, values)} >> ${values.word(input.path)}`],
  ReadFile: ({ path }, { word }) => [requireFile(word(path)), `cat ${word(path)}`],
  DeleteFile: ({ path }, { word, plain }) => (plain(path, 'path').includes('*')
    ? [`find "$(dirname ${word(path)})" -maxdepth 1 -type f -name "$(basename ${word(path)})" -delete`]
    : [requireFile(word(path)), `rm -f ${word(path)}`]),
  CreateFolder: (input, values) => {
    const path = values.word(input.path);
    return [...vacant(path, input.overwrite), ...truth(input.overwrite, true) ? [`rm -rf ${path}`] : [], `mkdir -p ${path}`, ...dress(path, input, values)];
  },
  DeleteFolder: ({ path, force }, { word }) => [requireFolder(word(path)), truth(force, false) ? `rm -rf ${word(path)}` : `rmdir ${word(path)}`],
  CreateSymlink: ({ path, target, force }, { word }) => [
    `[ -e ${word(target)} ] || ${fail(`${word(target)}' is not there'`)}`,
    ...truth(force, false) ? [`if [ -L ${word(path)} ]; then rm -f ${word(path)}; fi`] : [],
    `mkdir -p "$(dirname ${word(path)})"`,
    `ln -s -T ${word(target)} ${word(path)}`,
  ],
  ListFiles: ({ path, fileNamePattern, recursive }, { word }) => [
    requireFolder(word(path)),
    `find ${word(path)}${truth(recursive, false) ? '' : ' -maxdepth 1'} -type f -name ${word(fileNamePattern ?? '*')} | sort | paste -sd , -`,
  ],
  SetFileEncoding: (input, values) => [requireFile(values.word(input.path)), `text=$(cat ${values.word(input.path)}; echo x)`, `printf %s "\${text%x}"${encoded(input.encoding, values)} > ${values.word(input.path)}`],
  CopyFile: relocate('file', 'cp -p'),
  MoveFile: relocate('file', 'mv -f'),
  CopyFolder: relocate('folder', 'cp -a'),
  MoveFolder: relocate('folder', 'mv'),
  SetFileOwner: owned(never),
  SetFolderOwner: owned(deep),
  SetFilePermissions: permitted(never),
  SetFolderPermissions: permitted(deep),
  WebDownload: (input, values) => {
    const { source, destination, overwrite, ignoreCertificateErrors, checksum, algorithm } = input;
    const digest = algorithm === undefined ? undefined : `${values.plain(algorithm, 'algorithm').toLowerCase()}sum`;
    return [
      `target=${values.word(destination)}`,
      `if [ -d "$target" ] || [ "\${target%/}" != "$target" ]; then target=\${target%/}/$(basename ${values.word(source)}); fi`,
      ...truth(overwrite, true) ? [] : [`[ ! -e "$target" ] || ${fail('"$target exists, and overwrite is false"')}`],
      'mkdir -p "$(dirname "$target")"',
      `if command -v curl >/dev/null; then curl -fsSL${truth(ignoreCertificateErrors, false) ? ' --insecure' : ''} --retry 3 -o "$target" ${values.word(source)}`,
      `else wget -q${truth(ignoreCertificateErrors, false) ? ' --no-check-certificate' : ''} -O "$target" ${values.word(source)}; fi`,
      ...digest === undefined ? [] : [`echo "$(printf %s ${values.word(checksum)} | tr A-F a-f)  $target" | ${digest} --check --status || { rm -f "$target"; echo "the checksum of $target is wrong" >&2; exit 1; }`],
    ];
  },
  ExecuteBinary: ({ path, arguments: args }, { word }) => [[word(path), ...(args as unknown[] ?? []).map(word)].join(' ')],
  UpdateOS: ({ include, exclude }, { plain }) => {
    const names = (list: unknown): string[] => (list as unknown[] ?? []).map((each) => plain(each, 'the name of a package'));
    return update(names(include), names(exclude));
  },
};

function update(include: string[], exclude: string[]): string[] {
  const wanted = include.filter((each) => !exclude.includes(each)).map(quoted);
  if (include.length > 0 && wanted.length === 0) return ["echo 'all that is included is excluded: nothing to update'"];
  const yum = `${exclude.map((each) => ` --exclude=${quoted(each)}`).join('')} update ${wanted.join(' ')}`.trimEnd();
  return [
    `if command -v dnf >/dev/null; then dnf -y${yum}`,
    `elif command -v yum >/dev/null; then yum -y${yum}`,
    'elif command -v apt-get >/dev/null; then',
    '  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1',
    '  apt-get -q -y -o DPkg::Lock::Timeout=600 update',
    ...exclude.length === 0 ? [] : [`  held=$(apt-mark hold ${exclude.map(quoted).join(' ')} | sed -n 's/ set on hold.*//p')`, "  trap 'apt-mark unhold $held' EXIT"],
    `  apt-get -q -y -o DPkg::Lock::Timeout=600 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold ${wanted.length === 0 ? 'upgrade' : `install --only-upgrade ${wanted.join(' ')}`}`,
    "else echo 'this machine has neither dnf, yum nor apt-get' >&2; exit 1",
    'fi',
  ];
}
