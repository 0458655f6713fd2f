import { Deferred } from './deferred';
import type { Scope } from './scope';
import { NotModelled } from '../../kernel';
import { isObject } from '../template/values';

const REFERENCE = /\{\{resolve:([a-z-]+):([^{}]*)\}\}/g;

/**
 * Replaces `{{resolve:ssm:name[:version]}}` in every string of a value. What `resolve:ssm:` without braces means is the service's business.
 * So a parameter that moved is a change of whoever names it (assumption: dynamic-reference-change).
 */
export function resolveDynamicReferences(value: unknown, scope: Pick<Scope, 'parameterStore'>): unknown {
  if (value instanceof Deferred) return value;
  if (typeof value === 'string') return value.replace(REFERENCE, (_all, service: string, reference: string) => resolve(service, reference, scope));
  if (Array.isArray(value)) return value.map((each) => resolveDynamicReferences(each, scope));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolveDynamicReferences(each, scope)]));
}

function resolve(service: string, reference: string, scope: Pick<Scope, 'parameterStore'>): string {
  if (service !== 'ssm') throw new NotModelled(`the dynamic reference resolve:${service}:${reference}`);
  return scope.parameterStore(reference);
}
