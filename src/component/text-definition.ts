import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Construct } from 'constructs';
import type { ComponentBindOptions, DocumentOptions } from './component';
import type { ComponentDefinition, RenderedDocument } from './definition';
import type { GivenParameters } from './given-parameters';
import { InvalidInputError } from '../private/errors';

/** A component document that the user wrote. */
export class TextDefinition implements ComponentDefinition {
  public constructor(public readonly name: string, private readonly read: (scope: Construct) => string, public readonly options: DocumentOptions) {}

  public get parameters(): GivenParameters | undefined {
    return this.options.parameters;
  }

  public render(scope: Construct, { platform }: ComponentBindOptions): RenderedDocument {
    if (this.options.platform !== undefined && this.options.platform !== platform) {
      throw new InvalidInputError(scope, {
        what: `it runs only on ${this.options.platform}, and the image is ${platform}`,
        expected: `a component for ${platform}`,
        fix: 'leave it out of this image',
      });
    }
    return { platform, text: this.read(scope) };
  }
}

/** The text of a file. */
export function textOf(scope: Construct, path: string): string {
  if (!existsSync(path)) {
    throw new InvalidInputError(scope, {
      what: `the file '${path}' does not exist`,
      expected: `a component document at ${resolve(path)}`,
      fix: 'correct the path; a relative one starts where the app is run',
    });
  }
  return readFileSync(path, 'utf8');
}
