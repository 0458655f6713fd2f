import type { HclNumber } from './number/hcl-number';
import type { Place } from './place';

export type Expression = { readonly place: Place } & (
  | { readonly kind: 'literal'; readonly value: string | HclNumber | boolean | null }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'template'; readonly parts: ReadonlyArray<TemplatePart> }
  | { readonly kind: 'list'; readonly items: ReadonlyArray<Expression> }
  | { readonly kind: 'object'; readonly items: ReadonlyArray<ObjectItem> }
  | { readonly kind: 'for'; readonly loop: Loop; readonly key?: Expression; readonly value: Expression; readonly condition?: Expression; readonly grouped: boolean }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'conditional'; readonly condition: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: ReadonlyArray<Expression>; readonly expanded: boolean }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'index'; readonly of: Expression; readonly index: Expression }
  /** `each` is evaluated for every item, which it calls SPLAT_ITEM. */
  | { readonly kind: 'splat'; readonly of: Expression; readonly each: Expression }
);

export const SPLAT_ITEM = '*';

export interface ObjectItem {
  readonly key: Expression;
  readonly value: Expression;
}

/** The variables of a `for`, and what it goes through. */
export interface Loop {
  readonly keyName?: string;
  readonly valueName: string;
  readonly collection: Expression;
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly expression: Expression }
  | { readonly kind: 'if'; readonly condition: Expression; readonly yes: ReadonlyArray<TemplatePart>; readonly no: ReadonlyArray<TemplatePart> }
  | { readonly kind: 'for'; readonly place: Place; readonly loop: Loop; readonly body: ReadonlyArray<TemplatePart> };

export interface Attribute {
  readonly name: string;
  readonly place: Place;
  readonly value: Expression;
}

export interface HclBlock {
  readonly type: string;
  readonly labels: ReadonlyArray<string>;
  readonly place: Place;
  readonly body: Body;
}

/** Attributes and blocks, each in the order in which they were written. */
export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: ReadonlyArray<HclBlock>;
}
