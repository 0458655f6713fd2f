// Root file systems as layers over each other, one for each image.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** A layer that is there already: what every other one stands on. */
export const bottom = (folder) => ({ folder, layers: [folder] });

/** An empty layer over another one; nothing waits for the disk, because it need not outlive a crash. Mounts end with the mount namespace of this process, whatever becomes of it. */
export function over(below, work, name) {
  const at = (kind) => {
    const folder = join(work, name, kind);
    mkdirSync(folder, { recursive: true });
    return folder;
  };
  const [merged, upper, scratch] = [at('root'), at('layer'), at('scratch')];
  try {
    run('mount', ['-t', 'overlay', 'overlay', '-o', `lowerdir=${below.layers.join(':')},upperdir=${upper},workdir=${scratch},volatile`, merged]);
    return { folder: merged, layers: [upper, ...below.layers], size: () => sizeOf(upper) };
  } catch (error) {
    console.log(`NOT A LAYER BUT A COPY: ${name}: no overlay can be mounted here (${error.message.split('\n').at(-1)})`);
    run('cp', ['-a', `${below.folder}/.`, merged]);
    return { folder: merged, layers: [merged], size: () => sizeOf(merged) };
  }
}

const sizeOf = (folder) => Number(run('du', ['-sm', folder]).split('\t')[0]);
