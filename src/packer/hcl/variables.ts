import type { Body, Expression, HclBlock } from './ast';
import { Attributes, labels, refuseOthers } from './attributes';
import { convert } from './convert';
import { Evaluator } from './evaluate';
import type { Given } from './given';
import { parseWholeExpression } from './parse-body';
import type { Place } from './place';
import { Scope } from './scope';
import { settingOf } from './settings';
import { typeOf } from './type-of';
import { ANY, parseType, type Type } from './types';
import { isList, isMap, Namespace, type Value } from './value';
import { TemplateError } from '../template/error';
import { Late } from '../template/late';
import type { Variable } from '../template/model';
import { suggestion } from '../template/nearest';
import type { Notices } from '../template/notices';
import { SourceFile } from '../template/source-file';

interface Declared {
  readonly name: string;
  readonly place: Place;
  readonly sensitive: boolean;
  readonly description?: string;
  /** Undefined where there is none. */
  readonly value?: Value;
  readonly valuePlace: Place;
  used: boolean;
}

const NO_NAMES = 'the default of a variable is fixed: use locals';

/** The variables of a template, with the values that they were given. */
export class HclVariables {
  public readonly namespace = new Namespace((name, place) => this.use(name, place));

  private readonly declared = new Map<string, Declared>();
  /** Defaults alone may read the environment. */
  private readonly defaults: Evaluator;

  public constructor(
    private readonly evaluator: Evaluator,
    private readonly given: ReadonlyMap<string, Given>,
    environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.defaults = new Evaluator(evaluator.folder, evaluator.workingDirectory, environment);
  }

  public declare(block: HclBlock): void {
    if (block.type === 'variables') {
      for (const { name, place, value } of block.body.attributes.values()) {
        this.add(name, place, { defaultValue: value, sensitive: false, validations: [] });
      }
      refuseOthers({ ...block, body: { ...block.body, attributes: new Map() } }, []);
      return;
    }
    const [name] = labels(block, 1, 'variable "name" { … }');
    refuseOthers(block, ['type', 'default', 'sensitive', 'description'], ['validation']);
    const attributes = new Attributes(this.evaluator, new Scope(new Map()), block.body);
    const type = block.body.attributes.get('type');
    this.add(name!, block.place, {
      ...(type ? { type: parseType(type.value) } : {}),
      defaultValue: block.body.attributes.get('default')?.value,
      sensitive: attributes.flag('sensitive') ?? false,
      description: attributes.text('description'),
      validations: block.body.blocks.map((validation) => validation.body),
    });
  }

  /** After all are declared: refuses values for others, and tells of them where they stand in files. */
  public refuseUnknown(notices: Notices): void {
    for (const [name, { place, unknown }] of this.given) {
      if (this.declared.has(name) || unknown === 'ignored') continue;
      const what = `the variable "${name}" is given, but not declared`;
      const fix = suggestion(name, this.declared.keys());
      if (unknown === 'refused') place.fail(what, fix);
      notices.warn(place.position, `${what}; ${fix}`);
    }
  }

  public all(): Variable[] {
    return [...this.declared.values()].map(({ name, place, sensitive, description, value, valuePlace, used }) => ({
      name,
      at: place.position,
      sensitive,
      used,
      ...(description === undefined ? {} : { description }),
      ...(value === undefined ? {} : { value: settingOf(sensitive ? new Late([{ variable: name }]) : value, valuePlace.position) }),
    }));
  }

  private use(name: string, place: Place): Value {
    const variable = this.declared.get(name) ?? place.fail(`the variable "${name}" is not declared`, suggestion(name, this.declared.keys()));
    variable.used = true;
    if (variable.sensitive) return new Late([{ variable: name }]);
    return variable.value === undefined
      ? place.fail(`the variable "${name}" is required and has no value`, `pass one: variables: { ${name}: '…' }`)
      : variable.value;
  }

  private add(name: string, place: Place, definition: Definition): void {
    if (this.declared.has(name)) place.fail(`the variable "${name}" is declared twice`, 'keep one of them');
    const preset = definition.defaultValue ? this.converted(this.defaults, definition.defaultValue, definition.type ?? ANY) : undefined;
    const given = this.given.get(name);
    const value = given ? this.valueOf(given, definition.type ?? inferred(preset)) : preset;
    const valuePlace = given?.place ?? definition.defaultValue?.place ?? place;
    this.declared.set(name, { name, place, sensitive: definition.sensitive, description: definition.description, value, valuePlace, used: false });
    if (value === undefined) return;
    for (const validation of definition.validations) this.validate(name, value, validation, valuePlace, definition.sensitive);
  }

  private converted(evaluator: Evaluator, expression: Expression, type: Type): Value {
    return convert(evaluator.evaluate(expression, NOTHING), type, expression.place);
  }

  private valueOf({ value, place }: Given, type: Type): Value {
    if (value.kind === 'expression') return this.converted(this.evaluator, value.expression, type);
    const plain = type.kind === 'any' || type.kind === 'string' || type.kind === 'number' || type.kind === 'bool';
    if (plain) return convert(value.text, type, place);
    const expression = parseWholeExpression(new SourceFile(place.file.path, value.text));
    return convert(this.evaluator.evaluate(expression, NOTHING), type, place);
  }

  private validate(name: string, value: Value, body: Body, place: Place, sensitive: boolean): void {
    const condition = body.attributes.get('condition');
    const message = body.attributes.get('error_message');
    if (!condition || !message) return place.fail(`a validation of "${name}" lacks condition or error_message`, 'write both');
    const own = new Namespace((wanted, at) => (wanted === name ? value : at.fail('a validation sees its own variable only', `use var.${name}`)));
    const scope = new Scope(new Map([['var', own]]));
    if (this.evaluator.evaluate(condition.value, scope) === true) return;
    // The message may hold the value.
    const text = sensitive ? undefined : this.evaluator.evaluate(message.value, scope);
    const reason = typeof text === 'string' ? text : 'see its validation';
    throw new TemplateError(place.position, `the value of "${name}" is not accepted: ${reason}`, 'give another value');
  }
}

interface Definition {
  readonly type?: Type;
  readonly defaultValue?: Expression;
  readonly sensitive: boolean;
  readonly description?: string;
  readonly validations: ReadonlyArray<Body>;
}

const NOTHING = new Scope(new Map(), undefined, new Map(['var', 'local', 'data', 'source', 'build', 'path'].map((name) => [name, NO_NAMES])));

/** The type of a variable that has only a default: that of the default, unless it is empty. */
function inferred(preset: Value | undefined): Type {
  if (preset === undefined || ((isList(preset) || isMap(preset)) && sizeOf(preset) === 0)) return ANY;
  return typeOf(preset);
}

const sizeOf = (value: { readonly length: number } | { readonly size: number }): number => ('length' in value ? value.length : value.size);
