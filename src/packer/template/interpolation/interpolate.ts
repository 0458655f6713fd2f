import { concatenate, Late, type Text } from '../late';
import { suggestion } from '../nearest';
import { splitActions, type Piece } from './actions';
import { branchesOf, type Branch, type Node } from './branches';
import { nowKnown, truth } from './go-functions';
import { ActionError, FIELD, parsePipeline, type Operand, type Pipeline } from './pipeline';

export type Argument = string | number | boolean | Late;

const MOST_ACTIONS = 200;

/** A function of Packer's template engine. Throws ActionError's contents through `fail`, and tells something through `warn`. */
export type EngineFunction = (args: ReadonlyArray<Argument>, fail: (what: string, fix: string) => never, warn: (message: string) => void) => Argument;

export interface Engine {
  readonly functions: ReadonlyMap<string, EngineFunction>;
  /** Functions whose first argument is a name, which people write without quotes: told of each such place. */
  readonly namesOnly: ReadonlySet<string>;
  repaired(offset: number, source: string, repaired: string): void;
  warned(offset: number, message: string): void;
}

/** Evaluates the Go templates in a text. Actions that speak of a provisioner's own data (`{{ .Vars }}`) stay as they are. */
export function interpolate(text: string, engine: Engine): Text {
  if (!text.includes('{{')) return text;
  const pieces = splitActions(text);
  if ('unclosed' in pieces) throw new ActionError(pieces.unclosed, 'a template action is not closed', 'close it by }}, or write {{`{{`}} for two braces');
  const surplus = pieces.filter((piece) => piece.kind === 'action')[MOST_ACTIONS];
  if (surplus) throw new ActionError(surplus.offset, `a text has more than ${MOST_ACTIONS} template actions`, 'keep the text in a file');
  return written(branchesOf(pieces), engine);
}

const written = (nodes: ReadonlyArray<Node>, engine: Engine): Text => concatenate(nodes.map((node) => textOf(node, engine)));

function textOf(node: Node, engine: Engine): Text {
  if (node.kind === 'branch') return branch(node, engine);
  return node.kind === 'text' ? node.source : action(node, engine);
}

/** The list that a test chooses; of a test over a provisioner's own data both, with their marks. */
function branch({ test, then, otherwise, marks }: Branch, engine: Engine): Text {
  const decided = evaluated(test, engine);
  if (decided === FIELD) return concatenate([marks.begin, written(then, engine), marks.between ?? '', written(otherwise, engine), marks.end]);
  const fail = (what: string, fix: string): never => {
    throw new ActionError(test.offset, what, fix);
  };
  return written(truth(nowKnown(decided, fail)) ? then : otherwise, engine);
}

function action(piece: Piece, engine: Engine): Text {
  if (/^\s*\/\*[^]*\*\/\s*$/.test(piece.inside)) return '';
  const value = evaluated(piece, engine);
  if (value === FIELD) return piece.source;
  return value instanceof Late ? value : String(value);
}

function evaluated(piece: Piece, engine: Engine): Argument | typeof FIELD {
  try {
    const pipeline = parsePipeline(piece.inside);
    return pipeline === FIELD ? FIELD : new Evaluation(engine, piece).pipeline(pipeline);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    throw new ActionError(piece.offset + error.offset, error.what, error.fix);
  }
}

class Evaluation {
  public constructor(private readonly engine: Engine, private readonly piece: Piece) {}

  public pipeline(pipeline: Pipeline): Argument {
    let piped: Argument[] = [];
    for (const command of pipeline) piped = [this.command(command, piped)];
    return piped[0]!;
  }

  private command([first, ...rest]: ReadonlyArray<Operand>, piped: ReadonlyArray<Argument>): Argument {
    if (first!.kind === 'name') return this.call(first!, [...rest.map((operand) => this.argument(operand, first!.name)), ...piped]);
    const extra = rest[0] ?? (piped.length > 0 ? first : undefined);
    if (extra) throw new ActionError(extra.offset, 'a value is not a function', 'put the function before its arguments');
    return this.argument(first!, '');
  }

  private argument(operand: Operand, caller: string): Argument {
    if (operand.kind === 'value') return operand.value;
    if (operand.kind === 'pipeline') return this.pipeline(operand.pipeline);
    if (!this.engine.namesOnly.has(caller) || this.engine.functions.has(operand.name)) return this.call(operand, []);
    this.engine.repaired(this.piece.offset + operand.offset, operand.name, `\`${operand.name}\``);
    return operand.name;
  }

  private call(operand: Operand & { kind: 'name' }, args: ReadonlyArray<Argument>): Argument {
    const called = this.engine.functions.get(operand.name);
    const fail = (what: string, fix: string): never => {
      throw new ActionError(operand.offset, what, fix);
    };
    if (!called) return fail(`the function "${operand.name}" is not known here`, suggestion(operand.name, this.engine.functions.keys()));
    return called(args, fail, (message) => this.engine.warned(this.piece.offset + operand.offset, message));
  }
}
