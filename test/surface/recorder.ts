import { isData, type ApiCall, type ApiClass, type ApiParameter, type ApiType } from './api';

type Callable = (...args: unknown[]) => unknown;
type Library = Record<string, unknown>;

/**
 * Writes down what an app uses of the library, while it runs: factories and constructors that it calls, options that
 * it gives, members of enumerations that it names.
 * What the library itself calls does not count.
 */
export class Recorder {
  public readonly used = new Set<string>();
  private depth = 0;

  public constructor(private readonly api: ReadonlyMap<string, ApiType>) {}

  /** The library, as the app is to see it. */
  public library(library: Library): Library {
    return Object.fromEntries(
      Object.entries(library).map(([name, value]) => {
        const type = this.api.get(name);
        return [name, type?.kind === 'class' ? this.watched(name, type, value as Callable) : value];
      }),
    );
  }

  private watched(name: string, type: ApiClass, target: Callable): Callable {
    type.methods.forEach((method) => this.watchMethod(name, method, target.prototype as Library));
    return new Proxy(target, {
      construct: (_, args, newTarget) =>
        this.call(
          `new ${name}`,
          type.maker?.parameters ?? [],
          args,
          () => Reflect.construct(target, args, newTarget) as object,
        ),
      get: (_, key) => {
        const made = type.statics.find((each) => each.name === key);
        const value = Reflect.get(target, key) as unknown;
        if (type.constants.includes(String(key))) this.used.add(`${name}.${String(key)}`);
        return made
          ? (...args: unknown[]) =>
            this.call(`${name}.${made.name}`, made.parameters, args, () => (value as Callable).apply(target, args))
          : value;
      },
    });
  }

  private watchMethod(name: string, { name: method, parameters }: ApiCall, prototype: Library): void {
    const original = Object.getOwnPropertyDescriptor(prototype, method)?.value as Callable | undefined;
    if (!original) return;
    const recorder = this;
    prototype[method] = function (this: unknown, ...args: unknown[]): unknown {
      return recorder.call(`${name}#${method}`, parameters, args, () => original.apply(this, args));
    };
  }

  private call<T>(door: string, parameters: ApiParameter[], args: unknown[], run: () => T): T {
    if (this.depth === 0) {
      this.used.add(door);
      parameters.forEach(({ type, rest }, index) => this.note(rest ? args.slice(index) : args[index], type));
    }
    this.depth += 1;
    try {
      return run();
    } finally {
      this.depth -= 1;
    }
  }

  /** A value that the app hands over, and what is in it. */
  private note(value: unknown, type: string): void {
    if (value === undefined) return;
    const [, item] = /^(.*)\[\]$/s.exec(type) ?? /^\{ \[\w+: string\]: (.*) \}$/s.exec(type) ?? [];
    if (item !== undefined) return Object.values(value as object).forEach((each) => this.note(each, item));
    const known = this.api.get(type);
    if (known?.kind === 'enum') {
      Object.entries(known.members)
        .filter(([, each]) => each === value)
        .forEach(([member]) => this.used.add(`${type}.${member}`));
    } else if (known?.kind === 'interface' && isData(known)) {
      known.bases.forEach((base) => this.note(value, base));
      Object.entries(known.properties)
        .filter(([name]) => (value as Library)[name] !== undefined)
        .forEach(([name, each]) => {
          this.used.add(`${type}.${name}`);
          this.note((value as Library)[name], each);
        });
    }
  }
}
