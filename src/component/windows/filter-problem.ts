import type { Problem } from '../../private/errors';

/**
 * What is wrong with filters of Windows Update, which would fail only after an hour on the instance.
 *
 * @param isToken whether a text is not known yet
 */
export function filterProblem(filters: readonly string[], isToken: (text: string) => boolean = () => false): Problem | undefined {
  const wrong = filters.map((filter) => oneProblem(filter, isToken)).find((problem) => problem !== undefined);
  if (wrong !== undefined || filters.some((filter) => filter.startsWith('include:'))) return wrong;
  return {
    what: `the filters [${filters.join(', ')}] of Windows Update include nothing`,
    expected: 'one or more that include, because an update for which no filter is true is not installed',
    fix: "end the list with 'include:$true'",
  };
}

function oneProblem(filter: string, isToken: (text: string) => boolean): Problem | undefined {
  const [, expression] = FILTER.exec(filter) ?? [];
  const problem = expression === undefined ? 'is not of that form' : problemOf(expression, isToken(expression));
  return problem === undefined ? undefined : {
    what: `the filter '${filter}' of Windows Update ${problem}`,
    expected: 'include:EXPRESSION or exclude:EXPRESSION in one line, with a PowerShell expression on $_',
    fix: 'correct it, or make it with UpdateFilter.include(…) or UpdateFilter.exclude(…)',
  };
}

const FILTER = /^(?:include|exclude):(?=.*\S)(.*)$/;

function problemOf(expression: string, token: boolean): string | undefined {
  if (/\{\{|\}\}/.test(expression)) {
    return 'holds double braces, which Image Builder takes for a reference to another step: put a space between them';
  }
  return token || isBalanced(expression) ? undefined : 'has quotes or brackets that are not closed';
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
