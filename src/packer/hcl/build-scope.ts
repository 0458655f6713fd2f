import type { Scope } from './scope';
import { Namespace, type Value } from './value';
import { Late } from '../template/late';
import type { Block } from '../template/model';

const late = (call: string): Value => new Late([{ call }]);

/** What blocks of a build may know beside all others: the build, and the builder that they are for. */
export class BuildScope {
  /** Whether `source.name` or `source.type` was asked for since this was set to false. */
  public touched = false;

  public constructor(private readonly globals: Scope, private readonly buildName: string) {}

  /** Without a builder, what depends on it is known to the build only. */
  public of(builder?: Pick<Block, 'name' | 'type'>): Scope {
    const known: Record<string, string> = builder ? { type: builder.type, name: builder.name!.slice(builder.type.length + 1) } : {};
    const build = new Namespace((name) => (name === 'name' ? this.buildName : late(`build.${name}`)));
    const source = new Namespace((name) => {
      if (name !== 'name' && name !== 'type') return reference(name);
      this.touched = true;
      return known[name] ?? late(`source.${name}`);
    });
    return this.globals.with([['build', build], ['source', source]]);
  }
}

/** `source.amazon-ebs.web` without quotes, in the list of a build. */
function reference(type: string): Value {
  return new Namespace((name) => `source.${type}.${name}`);
}
