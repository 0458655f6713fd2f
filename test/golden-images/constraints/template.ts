import { propertyViolations } from '../../../golden-images/src/world/cloudformation/engine/property-constraints';
import { explain, type Violation } from '../../../golden-images/src/world/kernel/constraints';

interface Resources {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>>;
}

/**
 * What a synthesized template says literally and AWS would refuse: empty lists where at least one item is wanted, texts that are too long,
 * values that no service knows. What intrinsic functions give is known only in a deploy.
 */
export function literalViolations(template: Resources): string[] {
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Type, Properties = {} }]) => (
    explain(propertyViolations(Type, Properties).filter(isLiteral)).map((sentence) => `${logicalId} (${Type}): ${sentence}`)
  ));
}

const isLiteral = ({ value }: Violation): boolean => !/"(?:Fn::|Ref")|\[object Object\]/.test(typeof value === 'string' ? value : JSON.stringify(value));
