import type { Problem } from './plan';
import { TemplateError } from './template/error';
import { placed } from './template/position';

/** A template that cannot be taken over as it is. Its message says all that is refused. */
export class RefusedTemplate extends TemplateError {
  public constructor(public readonly problems: readonly Problem[]) {
    const [first] = problems as [Problem];
    super(first.at, first.what, first.fix);
    this.message = problems.map(({ at, what, fix }) => `${placed(at)}: ${what}; ${fix}`).join('\n');
  }
}
