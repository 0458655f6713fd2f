import type { Architecture } from '../../plan';
import type { Values } from '../values';

/** A type such as `m6i.large`. */
export function instanceTypeOf(values: Values): string | undefined {
  const type = values.text('instance_type');
  if (type === undefined || /^[a-z][a-z0-9-]*\d[a-z0-9-]*\.[a-z0-9-]+$/.test(type)) return type;
  return values.fail('instance_type', `"${type.slice(0, 60)}" is no instance type`, 'write such as m6i.large');
}

/** A family `a`, or a `g` after the generation, is AWS Graviton (Amazon EC2 instance types, "Naming conventions"). */
export const architectureOfType = (type: string | undefined): Architecture =>
  (type !== undefined && /^(?:a\d|[a-z]+\d+[a-z-]*g[a-z-]*\.)/.test(type) ? 'arm64' : 'x86_64');
