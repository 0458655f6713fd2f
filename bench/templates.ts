import { fresh, median } from './fresh';
import { jobs } from './jobs';
import type { Synthesis } from './synthesis';
import { table, type Cell } from './table';

const ROLES = 10;
const MANY_ROLES = 100;
const RUNS = 7;
/** Resources that CloudFormation allows in a stack. */
const LIMIT = 500;

const sides = Object.keys(jobs);
const run = (side: string, roles: number): Synthesis => fresh<Synthesis>(process.argv[1]!, side, String(roles));

/** Resources and bytes of the template of one base and ten roles. */
export function templateTable(): string {
  const rows = sides.map((side) => {
    const [one, ten] = [run(side, 1), run(side, ROLES)];
    const perRole = (ten.resources - one.resources) / (ROLES - 1);
    const rolesInStack = Math.floor((LIMIT - one.resources) / perRole) + 1;
    const bytesPerRole = (ten.bytes - one.bytes) / (ROLES - 1);
    const planePerRole = (ten.controlPlane.bytes - one.controlPlane.bytes) / (ROLES - 1);
    return { ten, perRole, bytesPerRole, planePerRole, rolesInStack };
  });
  const line = (name: string, of: (row: (typeof rows)[number]) => number): Cell[] => [name, ...rows.map(of)];
  return table([`one base, ${ROLES} roles`, ...sides], [
    line('resources', ({ ten }) => ten.resources),
    line('of them control plane, once a stack', ({ ten }) => ten.controlPlane.resources),
    line('resources without it', ({ ten }) => ten.resources - ten.controlPlane.resources),
    line('resources per added role', ({ perRole }) => perRole),
    line('roles that fit into a stack', ({ rolesInStack }) => rolesInStack),
    line('template, bytes', ({ ten }) => ten.bytes),
    line('of them control plane', ({ ten }) => ten.controlPlane.bytes),
    line('template without it, bytes', ({ ten }) => ten.bytes - ten.controlPlane.bytes),
    line('bytes per added role', ({ bytesPerRole }) => bytesPerRole),
    line('of them control plane (registry, seed)', ({ planePerRole }) => planePerRole),
    line('template as written (indented), bytes', ({ ten }) => ten.fileBytes),
  ]);
}

/** CPU time of a small and of a large stack. The sides take turns, so that a machine which is busy is busy for all. */
export function synthesisTable(): string {
  const times: number[][][] = [[], []];
  const able = [sides, sides.filter(fits)];
  const sizes = [1, MANY_ROLES];
  for (let round = 0; round < RUNS; round += 1) {
    sizes.forEach((roles, size) => sides.forEach((side, index) => {
      if (able[size]!.includes(side)) (times[size]![index] ??= []).push(run(side, roles).cpuMilliseconds);
    }));
  }
  const [small, large] = times.map((size) => sides.map((_, index) => size[index] && median(size[index]!)));
  const line = (name: string, of: (index: number) => Cell | undefined): Cell[] => [name, ...sides.map((_, index) => of(index) ?? '–')];
  return table([`synthesis, CPU ms (median of ${RUNS})`, ...sides], [
    line('one base, 1 role', (index) => small![index]),
    line(`one base, ${MANY_ROLES} roles`, (index) => large![index]),
    line('per added role', (index) => large![index] && ((large![index]! - small![index]!) / (MANY_ROLES - 1)).toFixed(1)),
  ]);
}

/** A stack that is too large is refused at synthesis. */
function fits(side: string): boolean {
  try {
    return run(side, MANY_ROLES).resources <= LIMIT;
  } catch {
    return false;
  }
}
