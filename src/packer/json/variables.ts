import { parseJson, type JsonMember, type JsonNode, type JsonObject } from './parse';
import { Shape } from './shape';
import { Late, textSetting, type Text } from '../template/late';
import { DEEPEST_NESTING } from '../template/limits';
import type { Variable } from '../template/model';
import { suggestion } from '../template/nearest';
import type { Notices } from '../template/notices';
import type { ReadOptions } from '../template/options';
import { SourceFile } from '../template/source-file';

interface Declared {
  readonly member: JsonMember;
  readonly sensitive: boolean;
  /** What was given from outside; it is not a template. */
  readonly given?: string;
  used: boolean;
  state: 'waiting' | 'evaluating' | 'done';
  value?: Text;
}

/** The variables of a JSON template: evaluated when asked for, since a default may speak of other variables. */
export class JsonVariables {
  private depth = 0;
  private readonly declared = new Map<string, Declared>();

  public constructor(
    private readonly file: SourceFile,
    template: JsonObject,
    options: ReadOptions,
    notices: Notices,
    private readonly evaluate: (node: JsonNode) => Text,
  ) {
    const shape = new Shape(file);
    const given = givenValues(options);
    const section = shape.member(template, 'variables');
    const sensitive = sensitiveNames(shape, template);
    for (const member of section ? shape.object(section.value, '"variables"').members : []) {
      this.declared.set(member.name, {
        member, sensitive: sensitive.delete(member.name), given: given.get(member.name)?.value, used: false, state: 'waiting',
      });
    }
    this.refuseUnknown(given, notices);
    for (const [name, offset] of sensitive) file.fail(offset, `the sensitive variable "${name}" is not declared`, suggestion(name, this.declared.keys()));
  }

  /** What `user` gives. */
  public use(name: string, fail: (what: string, fix: string) => never): Text {
    const variable = this.declared.get(name);
    if (!variable) return fail(`the variable "${name}" is not declared`, suggestion(name, this.declared.keys()));
    variable.used = true;
    const value = this.value(variable);
    if (variable.sensitive) return new Late([{ variable: name }]);
    return value ?? fail(`the variable "${name}" is required and has no value`, `pass one: variables: { ${name}: '…' }`);
  }

  public all(): Variable[] {
    return [...this.declared].map(([name, variable]) => {
      const { member, sensitive, used } = variable;
      const at = this.file.position(member.offset);
      const value = variable.sensitive ? undefined : this.value(variable);
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

  private value(variable: Declared): Text | undefined {
    const { member } = variable;
    if (variable.state === 'evaluating') {
      this.file.fail(member.offset, `the variable "${member.name}" depends on itself`, 'break the circle of "user" in the defaults');
    }
    if (variable.state === 'waiting') {
      this.depth += 1;
      if (this.depth > DEEPEST_NESTING) this.file.fail(member.offset, `variables depend on each other more than ${DEEPEST_NESTING} deep`, 'shorten the chain');
      variable.state = 'evaluating';
      variable.value = variable.given ?? (isNull(member.value) ? undefined : this.evaluate(member.value));
      variable.state = 'done';
      this.depth -= 1;
    }
    return variable.value;
  }

  private refuseUnknown(given: ReadonlyMap<string, Given>, notices: Notices): void {
    for (const [name, { file, offset }] of given) {
      if (this.declared.has(name)) continue;
      const what = `the variable "${name}" is given, but not declared`;
      const fix = suggestion(name, this.declared.keys());
      if (file) notices.warn(file.position(offset), `${what}; ${fix}`);
      else this.file.fail(0, what, fix);
    }
  }
}

interface Given {
  readonly value: string;
  /** The file that gives it. */
  readonly file?: SourceFile;
  readonly offset: number;
}

function givenValues(options: ReadOptions): Map<string, Given> {
  const given = new Map<string, Given>();
  for (const path of options.variableFiles ?? []) {
    const file = SourceFile.read(path);
    for (const member of new Shape(file).object(parseJson(file), 'the file of variables').members) {
      given.set(member.name, { value: scalarText(file, member.value, `"${member.name}"`), file, offset: member.offset });
    }
  }
  for (const [name, value] of Object.entries(options.variables ?? {})) given.set(name, { value, offset: 0 });
  return given;
}

/** Variables are strings; numbers and booleans become some. */
export function scalarText(file: SourceFile, node: JsonNode, what: string): string {
  if (node.kind !== 'scalar' || node.value === null) return file.fail(node.offset, `${what} is not a string`, 'variables of JSON templates are strings: join lists by commas');
  return String(node.value);
}

function isNull(node: JsonNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function sensitiveNames(shape: Shape, template: JsonObject): Map<string, number> {
  const section = shape.member(template, 'sensitive-variables');
  const nodes = section ? shape.list(section.value, '"sensitive-variables"') : [];
  return new Map(nodes.map((node) => [shape.text(node, 'the name of a sensitive variable'), node.offset]));
}
