import { Token, Tokenization, type IResolvable, type IResolveContext } from 'aws-cdk-lib';
import type { Loop } from './loop';
import type { Step } from './step';
import { InvalidInputError } from '../../private/errors';
import { isKind, mark } from '../../private/kinds';

/** What is known only on the instance. In a document it stands between double braces; anywhere else it means nothing. */
abstract class DocumentReference implements IResolvable {
  public readonly creationStack = [];
  private text?: string;

  public abstract readonly meaning: string;

  public resolve({ scope }: IResolveContext): never {
    throw new InvalidInputError(scope, {
      what: `${this.meaning} is used outside of the component that has the step`,
      expected: 'an input or a condition of a step in the same component',
      fix: 'use it in a later step of that component: only the instance knows it',
    });
  }

  public toString(): string {
    return this.text ??= Token.asString(this);
  }
}

mark(DocumentReference.prototype, 'DocumentReference');

/** An input or an output of a step. */
export class StepReference extends DocumentReference {
  public constructor(public readonly step: Step, public readonly side: 'inputs' | 'outputs', public readonly member: string) {
    super();
  }

  public get meaning(): string {
    return `the ${this.side.slice(0, -1)} '${this.member}' of a step`;
  }
}

/** The value or the index of a loop. */
export class LoopReference extends DocumentReference {
  public constructor(public readonly loop: Loop, public readonly member: 'value' | 'index') {
    super();
  }

  public get meaning(): string {
    return `the ${this.member} of a loop`;
  }
}

export type Reference = StepReference | LoopReference;

/** A text in which every reference is written out; other tokens stay. */
export function writeReferences(text: string, write: (reference: Reference) => string): string {
  if (!Token.isUnresolved(text)) {
    return text;
  }
  const mapped = Tokenization.reverseString(text).mapTokens({
    mapToken: (token) => (isKind(token, 'DocumentReference') ? write(token as Reference) : Token.asString(token)),
  });
  return String(mapped.join({ join: (left: unknown, right: unknown) => `${left ?? ''}${right ?? ''}` }));
}
