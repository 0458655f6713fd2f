import { attributes, block, Expression, space, type HclLine, type HclValue } from './hcl';

/** A variable of a template: what differs from site to site. */
export interface Variable {
  readonly name: string;
  readonly description: string;
  /** Without one whoever builds must give a value. */
  readonly default?: HclValue;
  /** Kept out of what Packer prints; never has a value here. */
  readonly sensitive?: boolean;
  readonly type?: string;
}

/** Declares variables, the required ones first. */
export function declarations(variables: readonly Variable[]): HclLine[] {
  const ordered = [...variables].sort((a, b) => Number(a.default !== undefined) - Number(b.default !== undefined));
  return ordered.flatMap((each, index) => [...index === 0 ? [] : [space], block('variable', [each.name], attributes({
    type: new Expression(each.type ?? 'string'),
    description: each.description,
    default: each.default,
    sensitive: each.sensitive ? true : undefined,
  }))]);
}
