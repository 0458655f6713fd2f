import { AwsError, type Properties } from '../../kernel';
import { explain, violations, type Violation } from '../../kernel/constraints';
import { sentInputs } from '../inputs';

/** What breaks a constraint of the service's model in the properties of a resource. */
export function propertyViolations(type: string, properties: Properties): Violation[] {
  return sentInputs(type, properties).flatMap(({ service, operation, input }) => violations(service, operation, input));
}

/** Refuses properties that break a constraint of the service's model: what CloudFormation sends on, the service checks. */
export function checkConstraints(type: string, properties: Properties): void {
  const wrong = [...new Set(explain(propertyViolations(type, properties)))];
  if (wrong.length > 0) throw new AwsError('ValidationException', `Properties validation failed: ${wrong.join('; ')}`);
}
