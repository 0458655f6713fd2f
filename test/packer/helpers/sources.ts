import { join } from 'node:path';
import { plain } from './read-text';
import { inRunFolder, RUN_FOLDER } from './runs';
import { readTemplate } from '../../../src/packer/template/read';

/** A template whose builders write files: what the settings of sources become. */
export const SOURCES = 'sources.pkr.hcl';
export const RECORDED_SOURCES = join(RUN_FOLDER, 'sources.json');

/** Contents by file. */
export type Contents = Record<string, string>;

export const ourContents = (): Contents => inRunFolder(() => {
  const builders = readTemplate(SOURCES, { environment: {} }).builds.flatMap((build) => build.builders);
  return Object.fromEntries(builders.map(({ settings }) => [String(plain(settings.get('target'))), String(plain(settings.get('content')))]));
});
