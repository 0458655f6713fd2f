import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Scalar } from 'yaml';
import { scalarOffsets, type Written } from './scalar-offsets';
import type { Script, Where } from './script';
import { scriptWord } from './shell-words';

/** A text in a document. */
interface Piece {
  readonly path: string;
  readonly node: Scalar;
}

/** A node of a document, with what leads to it. */
interface Branch {
  readonly path: string;
  readonly node: unknown;
}

/** The scripts that stand in a component document; none where it is not YAML. */
export function scriptsOf(text: string): Script[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { logLevel: 'error', lineCounter: lines });
  if (document.errors.length > 0) return [];
  const { member, items } = reader(document);
  const steps = items(member({ path: '', node: document.contents }, 'phases'))
    .flatMap((phase) => items(member(phase, 'steps')).map((step) => ({ phase: textOf(member(phase, 'name').node), step })));
  return steps.flatMap(({ phase, step }) => {
    const { language, pieces } = piecesOf(step, { member, items });
    if (language === undefined || pieces.length === 0) return [];
    return [{ language, phase, step: textOf(member(step, 'name').node), ...joined(pieces, text, lines) }];
  });
}

type Reader = ReturnType<typeof reader>;

/** Goes down a document, over aliases. */
function reader(document: Document) {
  const resolved = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  return {
    member: ({ path, node }: Branch, name: string): Branch => (
      { path: `${path}${path && '.'}${name}`, node: isMap(node) ? resolved(node.get(name, true)) : undefined }
    ),
    items: ({ path, node }: Branch): Branch[] => (
      isSeq(node) ? node.items.map((each, index) => ({ path: `${path}[${index}]`, node: resolved(each) })) : []
    ),
  };
}

/** What a step hands to a shell: the commands of ExecuteBash and ExecutePowerShell, and the script that ExecuteBinary gives to bash or sh. */
function piecesOf(step: Branch, { member, items }: Reader): { language?: Script['language']; pieces: Piece[] } {
  const inputs = member(step, 'inputs');
  const pieces = (name: string): Piece[] => items(member(inputs, name)).flatMap(({ path, node }) => (isScalar(node) ? [{ path, node }] : []));
  switch (textOf(member(step, 'action').node)) {
    case 'ExecuteBash': return { language: 'bash', pieces: pieces('commands') };
    case 'ExecutePowerShell': return { language: 'powershell', pieces: pieces('commands') };
    case 'ExecuteBinary': {
      const given = pieces('arguments');
      const index = scriptWord([textOf(member(inputs, 'path').node), ...given.map(({ node }) => valueOf(node))]);
      return { language: 'bash', pieces: index === undefined ? [] : [given[index - 1]!] };
    }
    default: return { pieces: [] };
  }
}

const textOf = (node: unknown): string => (isScalar(node) ? valueOf(node) : '');
/** As the interpreter reads it: what is no text becomes one. */
const valueOf = ({ value }: Scalar): string => String(value);

/** Commands are one script, with line breaks between them (assumption: commands-one-script): `commandsOf` of the modules. */
function joined(pieces: readonly Piece[], source: string, lines: LineCounter): Pick<Script, 'text' | 'at'> {
  const texts = pieces.map(({ node }) => valueOf(node));
  const at = (offset: number): Where => {
    let [index, rest] = [0, offset];
    while (index < pieces.length - 1 && rest > texts[index]!.length) rest -= texts[index++]!.length + 1;
    const { path, node } = pieces[index]!;
    const { line, col: column } = lines.linePos(inSource(node, texts[index]!, rest, source));
    return { path, line, column };
  };
  return { text: texts.join('\n'), at };
}

const STYLES: Readonly<Record<string, Written['style']>> = {
  BLOCK_LITERAL: 'block', BLOCK_FOLDED: 'block', QUOTE_DOUBLE: 'double', QUOTE_SINGLE: 'single',
};

/** What is missing at the end of a text is missing after its last character. */
function inSource({ range, type }: Scalar, value: string, offset: number, source: string): number {
  const [begin, end] = range!;
  const offsets = scalarOffsets(value, { source: source.slice(begin, end), style: STYLES[type ?? ''] ?? 'plain' });
  const last = value.trimEnd().length;
  return begin + (offset < last ? offsets[offset]! : (offsets[last - 1] ?? -1) + 1);
}
