import type { Body, HclBlock } from './ast';
import { labels } from './attributes';
import type { Evaluator } from './evaluate';
import { entries } from './evaluate-for';
import type { Scope } from './scope';
import { isList, type Value } from './value';

/** A block, and the names that its expressions may use beside all others. */
export interface ScopedBlock {
  readonly block: HclBlock;
  readonly names: ReadonlyArray<readonly [string, Value]>;
}

/** The blocks of a body, those that `dynamic` makes in its place. */
export function expanded(body: Body, scope: Scope, evaluator: Evaluator): ScopedBlock[] {
  return body.blocks.flatMap((block) => (block.type === 'dynamic' ? made(block, scope, evaluator) : [{ block, names: [] }]));
}

/** The type of the blocks that a `dynamic` makes. */
export function typeMade(dynamic: HclBlock): string {
  return labels(dynamic, 1, 'dynamic "tag" { … }')[0]!;
}

function made(dynamic: HclBlock, scope: Scope, evaluator: Evaluator): ScopedBlock[] {
  const type = typeMade(dynamic);
  const { attributes, blocks } = dynamic.body;
  const content = blocks.find((block) => block.type === 'content') ?? dynamic.place.fail('"dynamic" has no content', 'write content { … }');
  const each = attributes.get('for_each') ?? dynamic.place.fail('"dynamic" has no for_each', 'write for_each = …');
  const iterator = attributes.get('iterator')?.value;
  const name = iterator?.kind === 'name' ? iterator.name : type;
  const written = attributes.get('labels')?.value;
  return entries(evaluator.evaluate(each.value, scope), each.value.place, '"for_each"').map(([key, value]) => {
    evaluator.spend(1, dynamic.place);
    const names = [[name, new Map<string, Value>([['key', key], ['value', value]])]] as const;
    const given = written === undefined ? [] : evaluator.evaluate(written, scope.with(names));
    if (!isList(given) || !given.every((label) => typeof label === 'string')) return written!.place.fail('"labels" is not a list of texts', 'write labels = ["…"]');
    return { block: { type, labels: given, place: dynamic.place, body: content.body }, names };
  });
}
