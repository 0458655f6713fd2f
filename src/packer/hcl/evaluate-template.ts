import type { TemplatePart } from './ast';
import { toBoolean } from './convert';
import type { Evaluator } from './evaluate';
import { rounds } from './evaluate-for';
import type { Place } from './place';
import type { Scope } from './scope';
import { DataValue, toText, typeName, type Value } from './value';
import { concatenate, Late, type Text } from '../template/late';

/** A template of one value only is that value, whatever its type. */
export function evaluateTemplate(evaluator: Evaluator, parts: ReadonlyArray<TemplatePart>, place: Place, scope: Scope): Value {
  const [only] = parts;
  if (parts.length === 1 && only!.kind === 'value') return evaluator.evaluate(only!.expression, scope);
  return text(evaluator, parts, place, scope);
}

function text(evaluator: Evaluator, parts: ReadonlyArray<TemplatePart>, place: Place, scope: Scope): Text {
  const texts = parts.map((part) => evaluator.made(partText(evaluator, part, place, scope), place));
  return evaluator.made(concatenate(texts), place);
}

function partText(evaluator: Evaluator, part: TemplatePart, place: Place, scope: Scope): Text {
  switch (part.kind) {
    case 'text': return part.text;
    case 'value': return valueText(evaluator.evaluate(part.expression, scope), part.expression.place);
    case 'if': {
      const decision = evaluator.evaluate(part.condition, scope);
      if (decision instanceof Late) return part.condition.place.fail(`a condition is ${typeName(decision)}`, 'decide in the script');
      return text(evaluator, toBoolean(decision, part.condition.place) ? part.yes : part.no, place, scope);
    }
    case 'for': {
      const texts: Text[] = [];
      for (const round of rounds(evaluator, part.loop, part.place, scope)) texts.push(text(evaluator, part.body, place, round));
      return concatenate(texts);
    }
  }
}

function valueText(value: Value, place: Place): Text {
  const result = toText(value);
  if (result !== undefined) return result;
  const fix = value instanceof DataValue ? 'use it alone, as the value of an attribute' : 'use join() or jsonencode()';
  return place.fail(`${typeName(value)} cannot stand in a text`, fix);
}
