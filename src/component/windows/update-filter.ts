import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { filterProblem } from './filter-problem';
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
  const problem = filterProblem(filters, (text) => Token.isUnresolved(text));
  if (problem) throw new InvalidInputError(scope, problem);
  return filters.map((filter) => ({ include: filter.startsWith('include:'), expression: filter.slice(filter.indexOf(':') + 1) }));
}
