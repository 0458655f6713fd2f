import { strToU8, zipSync } from 'fflate';
import type { World } from '../../../../golden-images/src/world/kernel';
import { LambdaService } from '../../../../golden-images/src/world/lambda/lambda';

/** Makes a function of files; a text alone is an ES module `index.mjs`. */
export function createFunction(world: World, name: string, code: string | Record<string, string>, more: Record<string, unknown> = {}): string {
  const files = typeof code === 'string' ? { 'index.mjs': code } : code;
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([file, text]) => [file, strToU8(text)])));
  return world.get(LambdaService).create({
    FunctionName: name, Runtime: 'nodejs20.x', Handler: 'index.handler', Role: 'arn:aws:iam::123456789012:role/r', Code: { ZipFile: zip }, ...more,
  }).arn;
}
