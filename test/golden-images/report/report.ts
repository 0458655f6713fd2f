import type { Report } from '../../../golden-images/src/report/report';

/** Text that would be harmful on a page if it were not escaped. */
export const HOSTILE = '</title></svg><script src="https://evil.example/x.js">alert(\'1\')</script>&amp;"\'';

/** A report of a fortnight in which all that can be given from outside is `name`. */
export function reportOf(name: string): Report {
  return {
    model: true,
    title: name,
    checks: [{ what: name, holds: true, seen: name }, { what: 'something else', holds: false, seen: name }],
    timeline: [{ at: '2026-01-06T09:00:00.000Z', text: name }],
    images: [{ name, versions: [{ version: name, state: name }] }],
    fleets: [{ name, rollouts: [{ version: name, kind: 'image', outcome: 'rolled-back', instancesTouched: 1, minutesToHalt: 1.86 }] }],
    minHealthyObserved: 6,
    leftovers: [{ type: name, name }],
    chart: {
      startedAt: '2026-01-06T09:00:00.000Z',
      endedAt: '2026-01-20T09:00:00.000Z',
      images: [{
        name,
        builds: [
          { version: name, startedAt: '2026-01-06T10:00:00.000Z', endedAt: '2026-01-06T10:24:00.000Z', status: 'AVAILABLE' },
          { version: '1.0.0/2', startedAt: '2026-01-20T08:50:00.000Z', status: 'BUILDING' },
        ],
        moves: [{ channel: name, at: '2026-01-06T10:25:00.000Z', target: name }],
      }],
      fleets: [{ name, rollouts: [{ version: name, kind: 'image', outcome: 'committed', startedAt: '2026-01-13T09:00:00.000Z', endedAt: '2026-01-13T10:00:00.000Z' }] }],
      healthy: [{ at: '2026-01-06T09:05:00.000Z', healthy: 6 }, { at: '2026-01-13T09:05:00.000Z', healthy: 7 }, { at: '2026-01-13T09:05:01.000Z', healthy: 6 }],
    },
  };
}
