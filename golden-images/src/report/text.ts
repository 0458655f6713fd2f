import type { Summary } from './summary';

/** A summary as text. */
export function summaryText({ images, fleets, minHealthyObserved, leftovers }: Summary): string {
  return [
    ...images.map(({ name, versions }) => `image ${name}: ${versions.map(({ version, state }) => `${version} ${state}`).join(', ') || 'no version'}`),
    ...fleets.map(({ name, rollouts }) => `fleet ${name}: ${rollouts.map(({ version, kind, outcome }) => `${version} ${kind === 'image' ? '' : `(${kind}) `}${outcome}`).join(', ') || 'no rollout'}`),
    ...(minHealthyObserved === undefined ? [] : [`never fewer than ${minHealthyObserved} healthy targets after the first release`]),
    ...leftovers.map(({ type, name }) => `left over: ${type} ${name}`),
  ].join('\n');
}
