import { Late } from '../../template/late';
import { layoutFromFormatdate, layoutFromStrftime, formatLayout } from '../../template/time-layout';
import type { Value } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';

/** Times are known to the build only: they become layouts. */
export const times: FunctionTable = {
  timestamp: known(0, 0, () => new Late([{ call: 'isotime' }])),
  legacy_isotime: known(0, 1, (call) => new Late([call.args.length === 0 ? { call: 'isotime' } : { call: 'isotime', argument: call.text(0) }])),
  legacy_strftime: known(1, 1, (call) => new Late([{
    call: 'isotime',
    argument: layoutFromStrftime(call.text(0)) ?? call.fail('the format has an element that is not known', 'use formatdate("YYYY-MM-DD", timestamp())'),
  }])),
  uuidv4: known(0, 0, () => new Late([{ call: 'uuid' }])),
  formatdate: coping(2, 2, formatDate),
  timeadd: known(2, 2, timeAdd),
};

function formatDate(call: Call): Value {
  const layout = layoutFromFormatdate(call.text(0)) ?? call.fail('the format has an element that is not known', 'use YYYY, MM, DD, hh, mm, ss');
  const time = call.args[1]!;
  if (!(time instanceof Late)) return formatLayout(layout, parsed(call, 1));
  const [part] = time.parts;
  if (time.parts.length !== 1 || typeof part !== 'object' || !('call' in part) || part.call !== 'isotime' || part.argument !== undefined) {
    return call.fail('this is not a whole time', 'give timestamp()');
  }
  return new Late([{ call: 'isotime', argument: layout }]);
}

function parsed(call: Call, index: number): Date {
  const text = call.text(index);
  const time = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(text) ? new Date(text) : new Date(NaN);
  return Number.isNaN(time.getTime()) ? call.fail('this is not a time', 'write 2006-01-02T15:04:05Z') : time;
}

const MILLISECONDS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

function timeAdd(call: Call): string {
  const duration = call.text(1);
  if (!/^[+-]?(?:[0-9]+(?:\.[0-9]+)?(?:ms|h|m|s))+$/.test(duration)) call.fail('this is not a duration', 'write 1h30m');
  const sum = [...duration.matchAll(/([0-9.]+)(ms|h|m|s)/g)].reduce((total, [, count, unit]) => total + Number(count) * MILLISECONDS[unit!]!, 0);
  const moved = new Date(parsed(call, 0).getTime() + (duration.startsWith('-') ? -sum : sum));
  return Number.isNaN(moved.getTime()) ? call.fail('the result is no time', 'add less') : moved.toISOString().replace(/\.\d+Z$/, 'Z');
}
