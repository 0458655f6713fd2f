import { installClock } from './clock';
import { installDoor } from './door';
import { installLogging } from './logging';
import { main } from './main';
import { installNetwork } from './network';
import { installRandomness } from './randomness';

/**
 * The program of a worker, as text: so it needs no file of its own beside the bundled command line. Its parts are ordinary
 * functions, type-checked here; `require` and `import` are written out because bundlers rewrite them in code.
 */
export const workerSource = `(${main.toString()})({
  load: require,
  importModule: (url) => import(url),
  clock: ${installClock.toString()},
  door: ${installDoor.toString()},
  network: ${installNetwork.toString()},
  logging: ${installLogging.toString()},
  randomness: ${installRandomness.toString()},
});`;
