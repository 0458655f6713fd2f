import { givenValues, type Given } from './given';
import type { JsonMember, JsonNode, JsonObject } from './parse';
import { Shape } from './shape';
import { TemplateError } from '../template/error';
import { Late, textSetting, type Text } from '../template/late';
import { DEEPEST_NESTING } from '../template/limits';
import type { Variable } from '../template/model';
import { suggestion } from '../template/nearest';
import type { Notices } from '../template/notices';
import type { ReadOptions } from '../template/options';
import type { SourceFile } from '../template/source-file';

interface Declared {
  readonly member: JsonMember;
  readonly sensitive: boolean;
  readonly given?: Given;
  used: boolean;
  state: 'waiting' | 'evaluating' | 'done';
  value?: Text;
}

/** The variables of a JSON template: evaluated when asked for, since a default may speak of other variables. */
export class JsonVariables {
  private depth = 0;
  private readonly declared = new Map<string, Declared>();
  private readonly given: ReadonlyMap<string, Given>;
  /** Names that are used, and not declared. */
  private readonly undeclared = new Set<string>();

  public constructor(
    private readonly file: SourceFile,
    template: JsonObject,
    options: ReadOptions,
    private readonly notices: Notices,
    private readonly evaluate: (text: string, file: SourceFile, offset: number) => Text,
  ) {
    const shape = new Shape(file);
    this.given = givenValues(options);
    const section = shape.member(template, 'variables');
    const sensitive = sensitiveNames(shape, template);
    for (const member of section ? shape.object(section.value, '"variables"').members : []) {
      this.declared.set(member.name, {
        member, sensitive: sensitive.delete(member.name), given: this.given.get(member.name), used: false, state: 'waiting',
      });
    }
    for (const [name, offset] of sensitive) notices.warn(file.position(offset), `the sensitive variable "${name}" is not declared; ${suggestion(name, this.declared.keys())}`);
  }

  /** What `user` gives. */
  public use(name: string, fail: Fail): Text {
    const variable = this.declared.get(name);
    if (!variable) return this.undeclaredValue(name) ?? fail(`the variable "${name}" is not declared`, suggestion(name, this.declared.keys()));
    variable.used = true;
    const value = this.value(variable);
    if (variable.sensitive) return new Late([{ variable: name }]);
    return value ?? fail(`the variable "${name}" is required and has no value`, `pass one: variables: { ${name}: '…' }`);
  }

  /** The same outside of defaults, where a variable that nobody declares is empty. */
  public useOrNothing(name: string, fail: Fail, warn: (message: string) => void): Text {
    if (this.declared.has(name) || this.given.has(name)) return this.use(name, fail);
    warn(`the variable "${name}" is not declared, and empty; ${suggestion(name, this.declared.keys())}`);
    return '';
  }

  /** After all is read: refuses single values for what is neither declared nor used, and tells of those in files. */
  public refuseUnknown(): void {
    for (const [name, { file, offset, alone }] of this.given) {
      if (this.declared.has(name) || this.undeclared.has(name)) continue;
      const what = `the variable "${name}" is given, but not declared`;
      const fix = suggestion(name, this.declared.keys());
      if (alone) this.file.fail(0, what, fix);
      this.notices.warn(file.position(offset), `${what}; ${fix}`);
    }
  }

  public all(): Variable[] {
    return [...this.declared].map(([name, variable]) => {
      const { member, sensitive, used } = variable;
      const at = this.file.position(member.offset);
      const value = variable.sensitive ? undefined : this.valueOrNone(variable);
      const hasValue = sensitive ? variable.given !== undefined || !isNull(member.value) : value !== undefined;
      return {
        name,
        at,
        sensitive,
        used,
        ...(hasValue ? { value: textSetting(this.file.position(member.value.offset), sensitive ? new Late([{ variable: name }]) : value!) } : {}),
      };
    });
  }

  /** What is wrong with a variable is told where it is used. */
  private valueOrNone(variable: Declared): Text | undefined {
    try {
      return this.value(variable);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      this.notices.warn(error.at, `the variable "${variable.member.name}" cannot be read: ${error.what}; ${error.fix}`);
      return undefined;
    }
  }

  private value(variable: Declared): Text | undefined {
    const { member } = variable;
    if (variable.state === 'evaluating') {
      this.file.fail(member.offset, `the variable "${member.name}" depends on itself`, 'break the circle of "user" in the defaults');
    }
    if (variable.state === 'waiting') {
      this.depth += 1;
      if (this.depth > DEEPEST_NESTING) this.file.fail(member.offset, `variables depend on each other more than ${DEEPEST_NESTING} deep`, 'shorten the chain');
      variable.state = 'evaluating';
      try {
        variable.value = this.evaluated(variable);
        variable.state = 'done';
      } finally {
        // What failed where one setting is read may be asked for again, and fails again.
        if (variable.state !== 'done') variable.state = 'waiting';
        this.depth -= 1;
      }
    }
    return variable.value;
  }

  private undeclaredValue(name: string): Text | undefined {
    const given = this.given.get(name);
    if (given === undefined) return undefined;
    this.undeclared.add(name);
    return this.evaluate(given.value, given.file, given.offset);
  }

  private evaluated({ member, given }: Declared): Text | undefined {
    if (given) return this.evaluate(given.value, given.file, given.offset);
    if (isNull(member.value)) return undefined;
    const { kind, offset } = member.value;
    // Packer wants texts, and refuses numbers and booleans that mean the same.
    if (kind === 'scalar' && typeof member.value.value !== 'string') this.notices.warn(this.file.position(offset), 'read as a string: Packer refuses defaults that are none');
    return this.evaluate(new Shape(this.file).scalarText(member.value, 'the default of a variable'), this.file, offset);
  }
}

type Fail = (what: string, fix: string) => never;

function isNull(node: JsonNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function sensitiveNames(shape: Shape, template: JsonObject): Map<string, number> {
  const section = shape.member(template, 'sensitive-variables');
  const nodes = section ? shape.list(section.value, '"sensitive-variables"') : [];
  return new Map(nodes.map((node) => [shape.text(node, 'the name of a sensitive variable'), node.offset]));
}
