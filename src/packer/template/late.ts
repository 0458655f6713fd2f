import type { Position, RuntimeValue, Secret, Setting } from './model';

export type Part = string | RuntimeValue | Secret;

/** A text that is not all known while the template is read: it holds secrets, or values of the build. */
export class Late {
  public constructor(public readonly parts: ReadonlyArray<Part>) {}

  public get secrets(): Secret[] {
    return this.parts.filter(isSecret);
  }
}

export type Text = string | Late;

export function isSecret(part: Part): part is Secret {
  return typeof part === 'object' && 'variable' in part;
}

/** One text after the other; a plain string where all of them are. */
export function concatenate(texts: ReadonlyArray<Text>): Text {
  const parts: Part[] = [];
  for (const part of texts.flatMap((text) => (text instanceof Late ? text.parts : [text]))) {
    const last = parts[parts.length - 1];
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part;
    else if (part !== '') parts.push(part);
  }
  if (parts.length === 0) return '';
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : new Late(parts);
}

/** What is left of a text after a computation: which secret it came from. */
export function derivedSecret(text: Late): Late {
  return new Late([{ variable: text.secrets[0]!.variable, derived: true }]);
}

export function textSetting(at: Position, text: Text): Setting {
  if (!(text instanceof Late)) return { at, kind: 'scalar', value: text };
  const secret = text.secrets[0];
  if (!secret) return { at, kind: 'runtime', value: { parts: text.parts as ReadonlyArray<string | RuntimeValue> } };
  return { at, kind: 'secret', value: text.parts.length === 1 ? secret : { variable: secret.variable, parts: text.parts } };
}
