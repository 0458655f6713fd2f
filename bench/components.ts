import { fresh, median } from './fresh';
import { componentJobs } from './jobs/components';
import type { Synthesis } from './synthesis';
import { table } from './table';

const FEW = 1;
const MANY = 19;
const RUNS = 7;

/**
 * What rendering a component costs: an image with nineteen of them (the wait for cloud-init is the twentieth) against an image with one. Only
 * this library checks the documents.
 */
export function componentTable(): string {
  const sides = Object.keys(componentJobs);
  const run = (side: string, count: number): number => fresh<Synthesis>(process.argv[1]!, 'components', side, String(count)).cpuMilliseconds;
  const rounds = Array.from({ length: RUNS }, () => sides.map((side) => [run(side, FEW), run(side, MANY)] as const));
  const few = sides.map((_, side) => median(rounds.map((each) => each[side]![0])));
  const many = sides.map((_, side) => median(rounds.map((each) => each[side]![1])));
  return table([`synthesis, CPU ms (median of ${RUNS})`, ...sides], [
    [`an image with ${FEW} component of six steps`, ...few],
    [`an image with ${MANY}`, ...many],
    ['per added component', ...sides.map((_, side) => ((many[side]! - few[side]!) / (MANY - FEW)).toFixed(1))],
  ]);
}
