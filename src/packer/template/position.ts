import type { Position } from './model';

/** `file:line:column`, as messages name a place. */
export const placed = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

/** In the order of files and places. */
export const byPlace = ({ at: a }: { readonly at: Position }, { at: b }: { readonly at: Position }): number =>
  a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column;
