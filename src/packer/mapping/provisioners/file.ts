import { statSync } from 'node:fs';
import { basename, posix, win32 } from 'node:path';
import type { ProvisionerMapping } from './provisioner';
import { Source } from '../../../component/source';
import { Step } from '../../../component/step';
import { bashQuoted } from '../../../component/step/quoting';
import { Platform } from '../../../image/platform';
import { localPath, type MappingContext } from '../context';
import { mapped, refused } from '../treatment';
import { textOf, type Values } from '../values';
import { made } from '../written';

export const file: ProvisionerMapping = {
  type: 'file',
  becomes: '`Step.download` of an asset, checked by its SHA-256; a folder travels as a zip archive',
  options: {
    source: mapped('an asset'),
    sources: mapped('an asset each'),
    content: mapped('an asset'),
    destination: mapped('the path; Packer\'s rule of the slash at the end holds'),
    direction: mapped('nothing, where it is `upload`; `download` is refused'),
    generated: refused('a file has to be there when the app is synthesized', 'make it before, and remove "generated"'),
  },
  map(values, context) {
    if ((values.text('direction') ?? 'upload') !== 'upload') {
      values.fail('direction', 'nothing is downloaded from the instance', 'upload it from a script to a bucket which the role of the infrastructure may write');
    }
    const destination = destinationOf(values, context.platform);
    const content = values.setting('content');
    const sources = [...values.list('sources'), ...values.list('source')];
    if ((content !== undefined) === sources.length > 0) {
      values.fail(content === undefined ? 'source' : 'content', 'a file needs either "source" or "content"', 'give one of them');
    }
    if (content !== undefined) return [made({ Step }, 'download', made({ Source }, 'text', 'content', textOf(content, 'content')), pathOf(destination, 'content', context.platform))];
    return sources.flatMap((source) => upload(textOf(source, 'source'), source.at, destination, context));
  },
};

/** Folders that are there on every machine: Packer's copy puts a file into them, also without the slash. */
const FOLDERS = /^(?:\/tmp|\/var\/tmp|\/etc|\/opt|\/root|\/srv|[a-z]:|[a-z]:[\\/](?:windows|windows[\\/]temp|temp))$/i;

function destinationOf(values: Values, platform: Platform): string {
  const destination = values.required('destination');
  const path = platform === Platform.WINDOWS ? win32 : posix;
  if (!path.isAbsolute(FOLDERS.test(destination) ? `${destination}/` : destination) || /['"{}\0]/.test(destination)) {
    values.fail('destination', `the destination is no absolute path of ${platform}`, 'write a whole path; the home of the user that Packer logs in as is not used');
  }
  return FOLDERS.test(destination) ? `${destination}/` : destination;
}

const isFolder = (destination: string): boolean => /[\\/]$/.test(destination);

function pathOf(destination: string, name: string, platform: Platform): string {
  return isFolder(destination) ? (platform === Platform.WINDOWS ? win32 : posix).join(destination, name) : destination;
}

/** A folder without a slash at its end goes into the destination, one with a slash is laid over it. */
function upload(source: string, at: Parameters<typeof localPath>[1], destination: string, { platform }: MappingContext): Step[] {
  const found = localPath(source, at);
  const stats = statSync(found);
  if (!stats.isDirectory()) {
    const path = pathOf(destination, basename(found), platform);
    const executable = platform === Platform.LINUX && /[1357]/.test(stats.mode.toString(8).slice(-3));
    return [made({ Step }, 'download', made({ Source }, 'asset', found), path), ...executable ? [made({ Step }, 'bash', `chmod 0755 ${bashQuoted(path)}`)] : []];
  }
  const folder = platform === Platform.WINDOWS ? win32.join(destination, '.') : posix.join(destination, '.');
  const into = isFolder(source) ? folder : (platform === Platform.WINDOWS ? win32 : posix).join(folder, basename(found));
  return [made({ Step }, 'download', made({ Source }, 'asset', found), into.replace(/(?<=.)[\\/]$/, ''))];
}
