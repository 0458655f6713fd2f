import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { command } from './command';
import * as forms from './forms';
import { many, single, UsageError } from './option';
import { parseManifest, withRelease, type Manifest } from '../packer/manifest';
import { NoRelease, readReleases } from '../packer/release';

/** What a template's post-processor `manifest` writes, of a version that was released. */
export const manifest = command({
  name: 'manifest',
  summary: 'write the builds that a channel has held as a manifest of Packer',
  description: [
    'For pipelines that read the manifest of a Packer template: every build that was released, with its AMIs by region, in the same form.',
    'With --out, they are added to the file, as Packer does; last_run_uuid tells which build the channel holds now.',
    'Exits with status 1 when nothing is released yet, or AWS could not be reached.',
  ],
  options: {
    image: single('NAME', forms.text, 'name of the image'),
    namespace: single('NAME', forms.text, 'namespace of the stack that declares it'),
    channel: single('NAME', forms.text, 'its channel (default: latest)'),
    region: single('REGION', forms.region, 'region of the stack (default: that of the environment)'),
    custom: many('NAME=VALUE', pair, 'custom_data of the build'),
    out: single('FILE', forms.text, 'file to add it to (default: the output)'),
  },
  async run({ image, namespace, channel, region, custom, out: file }, { directory, out, err }) {
    if (image === undefined || namespace === undefined) throw new UsageError('manifest needs --image NAME and --namespace NAME');
    const path = file === undefined ? undefined : resolve(directory, file);
    const before = path !== undefined && existsSync(path) ? existing(path) : undefined;
    try {
      const releases = await readReleases({ image, namespace, channel: channel ?? 'latest', region });
      const customData = Object.fromEntries(custom);
      const written = releases.reduce<Manifest | undefined>((sum, release) => withRelease(sum, release, customData), before);
      const text = JSON.stringify(written, undefined, 2);
      if (path === undefined) out(text);
      else writeFileSync(path, `${text}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof NoRelease)) throw error;
      err(`golden-images: there is no manifest of ${image}: ${error.message}`);
      return 1;
    }
  },
});

function existing(path: string): Manifest {
  const found = parseManifest(readFileSync(path, 'utf8'));
  if (!found) throw new UsageError(`--out ${path} is there, and is no manifest`);
  return found;
}

function pair(text: string): readonly [string, string] {
  const index = text.indexOf('=');
  if (index <= 0) throw new UsageError('NAME=VALUE, such as revision=010');
  return [text.slice(0, index), text.slice(index + 1)];
}
