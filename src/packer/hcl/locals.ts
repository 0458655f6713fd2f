import type { Expression, HclBlock } from './ast';
import { Attributes, labels, refuseOthers } from './attributes';
import type { Evaluator } from './evaluate';
import type { Place } from './place';
import { Scope } from './scope';
import { Namespace, type Value } from './value';
import { TemplateError } from '../template/error';
import { Late } from '../template/late';
import { suggestion } from '../template/nearest';
import type { Notices } from '../template/notices';

interface Local {
  readonly place: Place;
  readonly expression: Expression;
  readonly sensitive: boolean;
  state: 'waiting' | 'evaluating' | 'done';
  value?: Value;
}

/** Locals: in any order, evaluated when asked for. */
export class HclLocals {
  public readonly namespace = new Namespace((name, place) => this.use(name, place));

  private readonly declared = new Map<string, Local>();

  public constructor(private readonly evaluator: Evaluator, private readonly scope: () => Scope) {}

  public declare(block: HclBlock): void {
    if (block.type === 'locals') {
      labels(block, 0, 'locals { … }');
      for (const { name, place, value } of block.body.attributes.values()) this.add(name, place, value, false);
      refuseOthers({ ...block, body: { ...block.body, attributes: new Map() } }, []);
      return;
    }
    const [name] = labels(block, 1, 'local "name" { … }');
    refuseOthers(block, ['expression', 'sensitive']);
    const expression = block.body.attributes.get('expression') ?? block.place.fail('the local has no expression', 'write expression = …');
    const sensitive = new Attributes(this.evaluator, new Scope(new Map()), block.body).flag('sensitive') ?? false;
    this.add(name!, block.place, expression.value, sensitive);
  }

  /** Packer evaluates all of them, used or not; what is wrong with one that nothing uses is only told. */
  public evaluateAll(notices: Notices): void {
    for (const [name, local] of this.declared) {
      try {
        this.use(name, local.place);
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error;
        notices.warn(error.at, `the local "${name}" cannot be read: ${error.what}; ${error.fix}`);
      }
    }
  }

  private add(name: string, place: Place, expression: Expression, sensitive: boolean): void {
    if (this.declared.has(name)) place.fail(`the local "${name}" is declared twice`, 'keep one of them');
    this.declared.set(name, { place, expression, sensitive, state: 'waiting' });
  }

  private use(name: string, place: Place): Value {
    const local = this.declared.get(name) ?? place.fail(`the local "${name}" is not declared`, suggestion(name, this.declared.keys()));
    if (local.state === 'evaluating') local.place.fail(`the local "${name}" depends on itself`, 'break the circle');
    if (local.state === 'waiting') {
      local.state = 'evaluating';
      try {
        local.value = this.evaluator.evaluate(local.expression, this.scope());
        local.state = 'done';
      } finally {
        // What failed within try() may be asked for again, and fails again.
        if (local.state !== 'done') local.state = 'waiting';
      }
    }
    return local.sensitive ? new Late([{ variable: `local.${name}`, derived: true }]) : local.value!;
  }
}
