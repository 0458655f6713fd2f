import type { Architecture } from '../../plan';
import type { Values } from '../values';

/** Types such as `m6i.large`: the one that is built on, or those of which spot instances may be. Packer takes one of the two. */
export function instanceTypesOf(values: Values): string[] {
  const name = values.setting('instance_type') === undefined ? 'spot_instance_types' : 'instance_type';
  return values.texts(name).filter((type) => {
    const valid = /^[a-z](?=[a-z-]*\d)[a-z0-9-]+\.[a-z0-9-]+$/.test(type);
    if (!valid) values.fail(name, `"${type.slice(0, 60)}" is no instance type`, 'write such as m6i.large');
    return valid;
  });
}

/** A family `a`, or a `g` after the generation, is AWS Graviton (Amazon EC2 instance types, "Naming conventions"). */
export const architectureOfType = (type: string | undefined): Architecture =>
  (type !== undefined && /^(?:a\d|[a-z]+\d+(?=[a-fh-z-]*g)[a-z-]+\.)/.test(type) ? 'arm64' : 'x86_64');
