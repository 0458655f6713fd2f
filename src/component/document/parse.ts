import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Violation } from './violation';

/** A text that is YAML. */
export interface ParsedText {
  readonly value: unknown;
  /** Says where in the text the violation is. */
  readonly locate: (violation: Violation) => Violation;
}

/** Reads YAML, or says why it is none. */
export function parseText(text: string): ParsedText | Violation {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { logLevel: 'error', lineCounter: lines });
  const fault = parsed.errors[0];
  if (fault !== undefined) {
    const { line, col: column } = fault.linePos?.[0] ?? { line: 0, col: 0 };
    return { path: `line ${line}, column ${column}`, what: fault.message.split(/ at line |\n/)[0]!, expected: 'YAML', line, column };
  }
  try {
    return { value: parsed.toJS(), locate: (violation) => ({ ...violation, ...place(parsed, violation.path, lines) }) };
  } catch (error) {
    // Aliases are resolved late; too many of them are an attack or an accident.
    return { path: 'the document', what: (error as Error).message, expected: 'YAML', line: 1, column: 1 };
  }
}

/** Where the path leads, or the last part of it that is there. */
function place(parsed: Document.Parsed, path: string, lines: LineCounter): { line: number; column: number } {
  let node: unknown = parsed.contents;
  let offset = 0;
  for (const [, index, key] of path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)) {
    const next = step(parsed, node, index, key);
    if (next === undefined) break;
    [node, offset] = next;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function step(parsed: Document.Parsed, node: unknown, index: string | undefined, key: string | undefined): [unknown, number] | undefined {
  const target: unknown = isAlias(node) ? node.resolve(parsed) : node;
  if (index !== undefined) {
    const item = isSeq<Node>(target) ? target.items[Number(index)] : undefined;
    return item?.range ? [item, item.range[0]] : undefined;
  }
  const pair = isMap<Node, Node>(target) ? target.items.find((each) => isScalar(each.key) && String(each.key.value) === key) : undefined;
  return pair?.key.range ? [pair.value, pair.key.range[0]] : undefined;
}
