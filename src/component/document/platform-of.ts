import { modules } from './modules';
import { isMapping } from './shape';
import { Platform } from '../../image/platform';

/**
 * The platform that a document is written for, by the modules it uses; undefined where every platform has them. Where it
 * mixes modules of both, that of most: the others cannot run.
 */
export function platformOf(document: unknown): Platform | undefined {
  const phases = isMapping(document) && Array.isArray(document.phases) ? document.phases : [];
  const actions = phases.flatMap((phase) => (isMapping(phase) && Array.isArray(phase.steps) ? phase.steps : []))
    .map((step) => (isMapping(step) && Object.hasOwn(modules, String(step.action)) ? modules[String(step.action)]?.platform : undefined));
  const [linux, windows] = [Platform.LINUX, Platform.WINDOWS].map((platform) => actions.filter((each) => each === platform).length);
  if (linux === windows) {
    return linux === 0 ? undefined : Platform.LINUX;
  }
  return linux! > windows! ? Platform.LINUX : Platform.WINDOWS;
}
