import type { Block, Build } from '../../template/model';

/** What whoever reads a template may call a builder: `web`, `amazon-ebs.web`, `build.amazon-ebs.web`. */
export function builderNames({ name, type }: Block, build: Build): string[] {
  const whole = name ?? type;
  return [...new Set([whole, localName(whole, type), ...build.name === undefined ? [] : [`${build.name}.${whole}`]])];
}

const localName = (whole: string, type: string): string => (whole.startsWith(`${type}.`) ? whole.slice(type.length + 1) : whole);

/**
 * Whether a block is for a builder, by its `only` and `except`. They hold whole names, `type.name` in HCL2, and no patterns (`OnlyExcept.Skip`
 * in hcl2template/types.build.provisioners.go and `rawName` in packer/core.go of Packer 1.9).
 */
export function isFor({ only = [], except = [] }: Block, { name, type }: Block): boolean {
  return only.length > 0 ? only.includes(name ?? type) : !except.includes(name ?? type);
}

/** A block with what overrides its settings for a builder. */
export function overridden(block: Block, { name, type }: Block): Block {
  const override = block.overrides?.get(name ?? type);
  return override ? { ...block, settings: new Map([...block.settings, ...override]) } : block;
}
