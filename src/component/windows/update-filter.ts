import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../../private/errors';

/**
 * Filters of `WindowsUpdate.install`: PowerShell expressions in which `$_` is an update (`IUpdate` of the Windows Update Agent). The first
 * that is true decides; an update for which none is true is not installed.
 */
export class UpdateFilter {
  /** Installs the updates for which the expression is true, such as `$true`: the text `include:EXPRESSION`. */
  public static include(expression: string): string {
    return `include:${expression}`;
  }

  /** Leaves out the updates for which the expression is true, such as `$_.Title -like '*Preview*'`: the text `exclude:EXPRESSION`. */
  public static exclude(expression: string): string {
    return `exclude:${expression}`;
  }

  private constructor() {}
}

/** A filter, taken apart. */
export interface ParsedFilter {
  readonly include: boolean;
  readonly expression: string;
}

/** Takes filters apart; refuses what would fail only after an hour on the instance. */
export function parseFilters(scope: IConstruct, filters: string[]): ParsedFilter[] {
  const parsed = filters.map((filter) => parseFilter(scope, filter));
  if (!parsed.some(({ include }) => include)) {
    throw new InvalidInputError(scope, {
      what: `the filters [${filters.join(', ')}] of Windows Update include nothing`,
      expected: 'one or more that include, because an update for which no filter is true is not installed',
      fix: "end the list with 'include:$true'",
    });
  }
  return parsed;
}

function parseFilter(scope: IConstruct, filter: string): ParsedFilter {
  const [, action, expression] = /^(include|exclude):(.*\S.*)$/.exec(filter) ?? [];
  const problem = expression === undefined ? 'is not of that form' : problemOf(expression);
  if (problem !== undefined) {
    throw new InvalidInputError(scope, {
      what: `the filter '${filter}' of Windows Update ${problem}`,
      expected: 'include:EXPRESSION or exclude:EXPRESSION in one line, with a PowerShell expression on $_',
      fix: 'correct it, or make it with UpdateFilter.include(…) or UpdateFilter.exclude(…)',
    });
  }
  return { include: action === 'include', expression: expression! };
}

function problemOf(expression: string): string | undefined {
  if (/\{\{|\}\}/.test(expression)) {
    return 'holds double braces, which Image Builder takes for a reference to another step: put a space between them';
  }
  return Token.isUnresolved(expression) || isBalanced(expression) ? undefined : 'has quotes or brackets that are not closed';
}

const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** Whether quotes and brackets close; what stands in quotes does not count. */
function isBalanced(expression: string): boolean {
  const code = expression.replace(/'[^']*'|"(?:`.|[^"`])*"/g, '');
  const open: string[] = [];
  for (const character of code.replace(/`./g, '')) {
    if (CLOSING[character] !== undefined) {
      open.push(CLOSING[character]);
    } else if (/['")\]}]/.test(character) && character !== open.pop()) {
      return false;
    }
  }
  return open.length === 0;
}
