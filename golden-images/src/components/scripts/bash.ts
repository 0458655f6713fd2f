import { forEachChild, parse, type SyntaxNode } from 'unbash';
import type { Fault } from './script';

/**
 * What bash refuses before it runs anything: `bash -n`. What bash reads only when it comes to it is not judged: here-documents and what
 * stands between backquotes.
 */
export function bashFault(text: string): Fault | undefined {
  const faults: Fault[] = [];
  const visit = (node: SyntaxNode): void => {
    if (readLate(node)) return;
    if (node.type === 'Script') faults.push(...(node.errors ?? []).map(({ message, pos }) => ({ message, offset: pos })));
    forEachChild(node, visit);
  };
  visit(parse(text));
  // Whatever comes after the first one may come of it.
  return faults.sort((a, b) => a.offset - b.offset)[0];
}

const readLate = (node: SyntaxNode): boolean => node.type === 'HereDocBody'
  || ((node.type === 'CommandExpansion' || node.type === 'ArithmeticCommandExpansion') && node.text.startsWith('`'));
