import type { Definition, ImageRecord } from './record';
import { bytesOf, MOST_BYTES } from '../item-size';

/** A build is compared with what was in force when it began, and with what was declared after that. */
const KEPT_PER_RECIPE = 3;

/** The record without the inputs that nothing is compared with any more, and within its bound: those of the oldest definitions go first. */
export function forgetInputs(record: ImageRecord): ImageRecord {
  const last = record.definitions.length - 1;
  const definitions = record.definitions.map((each, index) =>
    (record.definitions.slice(index + 1).filter(({ recipeArn }) => recipeArn === each.recipeArn).length < KEPT_PER_RECIPE ? each : forgotten(each)));
  let surplus = bytesOf({ ...record, definitions }) - MOST_BYTES;
  for (let index = 0; index < last && surplus > 0; index += 1) {
    const without = forgotten(definitions[index]!);
    surplus -= bytesOf(definitions[index]!) - bytesOf(without);
    definitions[index] = without;
  }
  return { ...record, definitions };
}

function forgotten({ inputs, ...rest }: Definition): Definition {
  return inputs ? { ...rest, inputsForgotten: true } : rest;
}
