import { fresh, median } from './fresh';
import { jobs } from './jobs';
import type { Synthesis } from './synthesis';
import { table } from './table';

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
    return { side, ten, perRole, bytesPerRole: (ten.bytes - one.bytes) / (ROLES - 1), rolesInStack };
  });
  const line = (name: string, of: (row: (typeof rows)[number]) => number): Array<string | number> => [name, ...rows.map(of)];
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
    line('template as written (indented), bytes', ({ ten }) => ten.fileBytes),
  ]);
}

/** CPU time of a large stack, side by side: one run of each after the other, so that a busy machine is busy for all. */
export function synthesisTable(): string {
  const times = new Map<string, number[]>(sides.map((side) => [side, []]));
  const fits = sides.filter((side) => canSynthesise(side));
  for (let round = 0; round < RUNS; round += 1) {
    fits.forEach((side) => times.get(side)!.push(run(side, MANY_ROLES).cpuMilliseconds));
  }
  const cell = (side: string): number | string => (fits.includes(side) ? median(times.get(side)!) : `over ${LIMIT} resources`);
  return table([`one base, ${MANY_ROLES} roles`, ...sides], [[`CPU, ms (median of ${RUNS})`, ...sides.map(cell)]]);
}

function canSynthesise(side: string): boolean {
  try {
    return run(side, MANY_ROLES).resources <= LIMIT;
  } catch {
    return false;
  }
}
