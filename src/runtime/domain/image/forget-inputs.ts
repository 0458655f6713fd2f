import type { Definition, ImageRecord } from './record';

/** A build is compared with what was in force when it began, and with what was declared after that. */
const KEPT_PER_RECIPE = 3;
/** Bytes of a record with inputs; a DynamoDB item holds 400 KB, and more versions come. */
const KEPT_BYTES = 300_000;

/** The record without the inputs that nothing is compared with any more, and within its bound: those of the oldest definitions go first. */
export function forgetInputs(record: ImageRecord): ImageRecord {
  const last = record.definitions.length - 1;
  const definitions = record.definitions.map((each, index) =>
    (record.definitions.slice(index + 1).filter(({ recipeArn }) => recipeArn === each.recipeArn).length < KEPT_PER_RECIPE ? each : forgotten(each)));
  let surplus = bytes({ ...record, definitions }) - KEPT_BYTES;
  for (let index = 0; index < last && surplus > 0; index += 1) {
    const without = forgotten(definitions[index]!);
    surplus -= bytes(definitions[index]!) - bytes(without);
    definitions[index] = without;
  }
  return { ...record, definitions };
}

const bytes = (value: object): number => Buffer.byteLength(JSON.stringify(value));

function forgotten({ inputs, ...rest }: Definition): Definition {
  return inputs ? { ...rest, inputsForgotten: true } : rest;
}
