import type { Piece } from './actions';
import { ActionError } from './pipeline';

/** A piece, or pieces of which one list is written, as a test says. */
export type Node = Piece | Branch;

export interface Branch {
  readonly kind: 'branch';
  /** `{{ if … }}`, whose inside is the test alone. */
  readonly test: Piece;
  readonly then: Node[];
  readonly otherwise: Node[];
  /** The actions themselves, for a branch that stays as it is: what begins it, what stands between, what ends it. */
  readonly marks: { readonly begin: string; readonly between?: string; readonly end: string };
}

const KEYWORD = /^(\s*)(if|else\s+if|else|end)\b/;

/** Actions `if`, `else if`, `else` and `end` as a tree (Go, package text/template, "Actions"). */
export function branchesOf(pieces: ReadonlyArray<Piece>): Node[] {
  const reader = new BranchReader(pieces);
  const nodes = reader.nodes();
  const rest = reader.piece();
  if (rest !== undefined) throw new ActionError(rest.offset, `"{{${rest.inside.trim().slice(0, 20)}}}" closes nothing`, 'remove it, or begin with {{ if … }}');
  return nodes;
}

class BranchReader {
  private index = 0;

  public constructor(private readonly pieces: ReadonlyArray<Piece>) {}

  public piece(): Piece | undefined {
    return this.pieces[this.index];
  }

  /** Up to what closes or divides a branch. */
  public nodes(): Node[] {
    const nodes: Node[] = [];
    for (let piece = this.piece(); piece !== undefined; piece = this.piece()) {
      const keyword = keywordOf(piece);
      if (keyword !== undefined && keyword !== 'if') break;
      this.index += 1;
      nodes.push(keyword === 'if' ? this.branch(piece) : piece);
    }
    return nodes;
  }

  private branch(begin: Piece): Branch {
    const then = this.nodes();
    const closing = this.piece() ?? this.unclosed(begin);
    this.index += 1;
    const test = tested(begin);
    switch (keywordOf(closing)) {
      case 'end': return { kind: 'branch', test, then, otherwise: [], marks: { begin: begin.source, end: closing.source } };
      case 'else if': return { kind: 'branch', test, then, otherwise: [this.branch(closing)], marks: { begin: begin.source, end: '' } };
      default: return this.divided(begin, closing, then);
    }
  }

  private divided(begin: Piece, between: Piece, then: Node[]): Branch {
    const otherwise = this.nodes();
    const end = this.piece() ?? this.unclosed(begin);
    if (keywordOf(end) !== 'end') throw new ActionError(end.offset, 'a branch is divided twice', 'write {{ end }} before it');
    this.index += 1;
    return { kind: 'branch', test: tested(begin), then, otherwise, marks: { begin: begin.source, between: between.source, end: end.source } };
  }

  private unclosed(begin: Piece): never {
    throw new ActionError(begin.offset, '"{{if}}" is not closed', 'write {{ end }} where it ends');
  }
}

function keywordOf({ kind, inside }: Piece): string | undefined {
  return kind === 'action' ? KEYWORD.exec(inside)?.[2]!.replace(/\s+/, ' ') : undefined;
}

/** Without the keyword, which leaves the place of the rest. */
const tested = (piece: Piece): Piece => ({ ...piece, inside: piece.inside.replace(KEYWORD, (keyword) => ' '.repeat(keyword.length)) });
