import { statSync } from 'node:fs';
import { basename, posix, win32 } from 'node:path';
import type { ProvisionerMapping } from './provisioner';
import { bashQuoted } from '../../../component/step/quoting';
import type { PlatformName, StepPlan } from '../../plan';
import type { Setting } from '../../template/model';
import type { MappingContext } from '../context';
import { localPath } from '../local-path';
import { textOf } from '../text';
import { mapped, refused } from '../treatment';
import type { Values } from '../values';

export const file: ProvisionerMapping = {
  type: 'file',
  becomes: '`Step.download` of an asset, checked by its SHA-256; a folder travels as a zip archive',
  options: {
    source: mapped('an asset'),
    sources: mapped('an asset each'),
    content: mapped('an asset'),
    destination: mapped('the path; Packer\'s rule of the slash at the end holds'),
    direction: mapped('nothing, where it is `upload`; what is to be downloaded is not, with a warning'),
    generated: refused('a file has to be there when the app is synthesized', 'make it before, and remove "generated"'),
  },
  map(values, context) {
    const direction = values.text('direction') ?? 'upload';
    if (direction === 'download') {
      values.part.warn(values.place('direction'), 'nothing is downloaded from the instance: upload it from a script to a bucket which the role of the infrastructure may write');
      return [];
    }
    if (direction !== 'upload') values.fail('direction', `"direction" is ${direction.slice(0, 40)}`, 'write upload or download');
    const destination = destinationOf(values, context.platform);
    const content = values.setting('content');
    const sources = [...values.list('sources'), ...values.list('source')];
    if ((content !== undefined) === sources.length > 0) {
      values.fail(content === undefined ? 'source' : 'content', 'a file needs either "source" or "content"', 'give one of them');
    }
    if (destination === undefined) return [];
    if (content === undefined) return sources.flatMap((source) => upload(source, destination, context));
    const source = { kind: 'text' as const, fileName: 'content', text: textOf(content, 'content', context.part) ?? '' };
    return [{ kind: 'download', at: values.at, source, destination: pathOf(destination, 'content', context.platform) }];
  },
};

/** Folders that are there on every machine: Packer's copy puts a file into them, also without the slash. */
const FOLDERS = /^(?:\/tmp|\/var\/tmp|\/etc|\/opt|\/root|\/srv|[a-z]:|[a-z]:[\\/](?:windows|windows[\\/]temp|temp))$/i;

const pathsOf = (platform: PlatformName): typeof posix => (platform === 'Windows' ? win32 : posix);

function destinationOf(values: Values, platform: PlatformName): string | undefined {
  const given = values.required('destination');
  if (given === undefined) return undefined;
  const destination = FOLDERS.test(given) ? `${given}/` : given;
  if (pathsOf(platform).isAbsolute(destination) && !/['"{}\0]/.test(destination)) return destination;
  return values.fail('destination', `the destination is no absolute path of ${platform}`, 'write a whole path; the home of the user that Packer logs in as is not used');
}

const isFolder = (destination: string): boolean => /[\\/]$/.test(destination);

const pathOf = (destination: string, name: string, platform: PlatformName): string =>
  (isFolder(destination) ? pathsOf(platform).join(destination, name) : destination);

function upload(setting: Setting, destination: string, { platform, part }: MappingContext): StepPlan[] {
  const { at } = setting;
  const source = textOf(setting, 'source', part);
  const found = source === undefined ? undefined : localPath(source, at, part);
  if (found === undefined) return [];
  const stats = statSync(found);
  const download = (to: string): StepPlan => ({ kind: 'download', at, source: { kind: 'asset', path: found }, destination: to });
  if (stats.isDirectory()) return [download(folderFor(source!, found, destination, platform))];
  const path = pathOf(destination, basename(found), platform);
  const executable = platform === 'Linux' && /[1357]/.test(stats.mode.toString(8).slice(-3));
  return [download(path), ...executable ? [{ kind: 'bash' as const, at, commands: [`chmod 0755 ${bashQuoted(path)}`] }] : []];
}

/** A folder without a slash at its end goes into the destination, one with a slash is laid over it. */
function folderFor(source: string, found: string, destination: string, platform: PlatformName): string {
  const { join } = pathsOf(platform);
  const folder = join(destination, '.');
  return (isFolder(source) ? folder : join(folder, basename(found))).replace(/(?<=.)[\\/]$/, '');
}
