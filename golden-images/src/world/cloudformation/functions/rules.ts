import { decide } from './conditions';
import { Evaluator } from './evaluate';
import type { Scope } from './scope';
import { validationError } from '../template/errors';

/** Checks the rules of a template against its parameters. Wording of CloudFormation's own refusal. */
export function checkRules(scope: Scope): void {
  const evaluator = new Evaluator(scope);
  const deciding = { evaluator, named: (name: string): boolean => evaluator.condition(name) };
  for (const [name, rule] of Object.entries(scope.template.Rules ?? {})) {
    if (rule.RuleCondition !== undefined && !decide(rule.RuleCondition, deciding)) continue;
    for (const assertion of rule.Assertions) {
      if (decide(assertion.Assert, deciding)) continue;
      const reason = assertion.AssertDescription ?? JSON.stringify(assertion.Assert);
      throw validationError(`Template validation error: Rule ${name} failed: Template constraint failed: ${reason}`);
    }
  }
}
