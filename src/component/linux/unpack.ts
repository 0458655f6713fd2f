import type { Construct } from 'constructs';
import type { Fetched } from './fetch';
import { InvalidInputError } from '../../private/errors';

/** Unpacks an archive by the format that its name says, into a folder that is there. */
export function unpackLines(scope: Construct, { source, word }: Fetched, strip: number, folder: string): string[] {
  if (source.archive) {
    return unzipLines(word, strip, folder);
  }
  if (!/\.(?:tar|tgz|tar\.(?:gz|xz|bz2))$/.test(source.fileName)) {
    throw new InvalidInputError(scope, {
      what: `'${source.fileName}' is no archive that can be unpacked`,
      expected: 'a name that ends with .tar, .tar.gz, .tgz, .tar.xz, .tar.bz2 or .zip',
      fix: 'name the file by its format, or install it with LinuxFile.write or LinuxArchive.installProgram',
    });
  }
  return [`tar -xf ${word} -C ${folder} --strip-components=${strip} --no-same-owner --no-overwrite-dir`];
}

/** Not every distribution comes with unzip; Python is there wherever cloud-init is (assumption: python3-or-unzip). It forgets modes. */
function unzipLines(word: string, strip: number, folder: string): string[] {
  return [
    'zip=$(mktemp -d -p /var/tmp)',
    `if command -v unzip >/dev/null; then unzip -oq ${word} -d "$zip"; else python3 -m zipfile -e ${word} "$zip"; fi`,
    // What lies above that depth is left out, as tar does; the folder itself stays as it is.
    `find "$zip" -mindepth ${strip + 1} -maxdepth ${strip + 1} -exec cp -R --preserve=mode,timestamps,links -t ${folder} '{}' +`,
    'rm -rf "$zip"',
  ];
}
