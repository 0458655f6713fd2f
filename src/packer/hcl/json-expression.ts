import type { Expression } from './ast';
import { numberAt } from './functions/json-text';
import { Place } from './place';
import type { JsonNode } from '../json/parse';
import type { SourceFile } from '../template/source-file';

/** A value of a JSON file as an expression; `textOf` says what a text stands for, which may be a template. */
export function expressionOf(file: SourceFile, node: JsonNode, textOf: (text: string, offset: number) => Expression): Expression {
  const place = new Place(file, node.offset);
  switch (node.kind) {
    case 'list': return { kind: 'list', place, items: node.items.map((item) => expressionOf(file, item, textOf)) };
    case 'object': return {
      kind: 'object', place, items: node.members.map(({ name, offset, value }) => ({ key: textOf(name, offset), value: expressionOf(file, value, textOf) })),
    };
    case 'scalar':
      if (typeof node.value === 'string') return textOf(node.value, node.offset);
      return { kind: 'literal', place, value: typeof node.value === 'number' ? numberAt(file, node.offset) : node.value };
  }
}
