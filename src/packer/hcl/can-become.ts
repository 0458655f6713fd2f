import { sameType, type Type } from './types';

/** Whether values of a type may become another: what a text says is seen when it is converted. */
export function canBecome(from: Type, to: Type): boolean {
  if (from.kind === 'any' || to.kind === 'any') return true;
  switch (to.kind) {
    case 'string': return ['string', 'number', 'bool'].includes(from.kind);
    case 'number': case 'bool': return from.kind === to.kind || from.kind === 'string';
    case 'list': case 'set':
      return from.kind === 'tuple' ? from.items.every((item) => canBecome(item, to.item)) : (from.kind === 'list' || from.kind === 'set') && canBecome(from.item, to.item);
    case 'map': return from.kind === 'object' ? [...from.members.values()].every((item) => canBecome(item, to.item)) : from.kind === 'map' && canBecome(from.item, to.item);
    default: return sameType(from, to);
  }
}
