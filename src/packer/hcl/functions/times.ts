import { Late } from '../../template/late';
import { formatLayout, layoutFromFormatdate, layoutFromStrftime } from '../../template/time-layout';
import { HclNumber } from '../number/hcl-number';
import type { Value } from '../value';
import { coping, known, type Call, type FunctionTable } from './call';
import { durationOf, Moment } from './moment';

/** Times are known to the build only: they become layouts. */
export const times: FunctionTable = {
  timestamp: known(0, 0, () => new Late([{ call: 'isotime' }])),
  legacy_isotime: known(0, 1, (call) => new Late([call.args.length === 0 ? { call: 'isotime' } : { call: 'isotime', argument: call.text(0) }])),
  legacy_strftime: known(0, 1, (call) => new Late([call.args.length === 0 ? { call: 'isotime' } : { call: 'isotime', argument: strftimeLayout(call) }])),
  uuidv4: known(0, 0, () => new Late([{ call: 'uuid' }])),
  formatdate: coping(2, 2, formatDate),
  timeadd: known(2, 2, timeAdd),
  rfc3339_parse: known(1, 1, (call) => {
    const moment = Moment.parse(call.text(0), 'T ') ?? call.fail('this is not a time', 'write 2006-01-02T15:04:05Z');
    return fieldsOf({ ...moment.fields, unix: moment.unix });
  }),
  unix_timestamp_parse: known(1, 1, (call) => {
    const moment = new Moment(new Date(call.whole(0) * 1000), 0, 0n);
    if (Number.isNaN(moment.local.getTime())) call.fail('there is no such time', 'give seconds since 1970');
    return fieldsOf({ ...moment.fields, rfc3339: String(moment) });
  }),
};

function fieldsOf(fields: Record<string, number | string>): Value {
  return new Map(Object.entries(fields).map(([name, value]) => [name, typeof value === 'number' ? HclNumber.of(value) : value]));
}

function strftimeLayout(call: Call): string {
  return layoutFromStrftime(call.text(0)) ?? call.fail('the format has an element that is not known', 'use formatdate("YYYY-MM-DD", timestamp())');
}

function formatDate(call: Call): Value {
  const time = call.args[1]!;
  return time instanceof Late ? lateDate(call, time) : knownDate(call, momentOf(call, 1));
}

/** The time of the build: its layout in Go's notation. */
function lateDate(call: Call, time: Late): Value {
  const layout = layoutFromFormatdate(call.text(0)) ?? call.fail('the format has an element that is not known', 'use YYYY, MM, DD, hh, mm, ss');
  const [part] = time.parts;
  if (time.parts.length !== 1 || typeof part !== 'object' || !('call' in part) || part.call !== 'isotime' || part.argument !== undefined) {
    return call.fail('this is not a whole time', 'give timestamp()');
  }
  return new Late([{ call: 'isotime', argument: layout }]);
}

/** Elements that a layout in UTC does not have. */
const OWN: Record<string, (moment: Moment) => string> = {
  Z: (moment) => (moment.offset === 0 ? 'Z' : moment.zone(':')),
  ZZZ: (moment) => (moment.offset === 0 ? 'UTC' : moment.zone('')),
  ZZZZ: (moment) => moment.zone(''),
  ZZZZZ: (moment) => moment.zone(':'),
};

function knownDate(call: Call, moment: Moment): string {
  return call.text(0).replace(/''|'(?:[^']|'')*'?|([A-Za-z])\1*/g, (element) => {
    if (element === "''") return "'";
    if (Object.hasOwn(OWN, element)) return OWN[element]!(moment);
    if (/^'(?:[^']|'')*'$/.test(element)) return element.slice(1, -1).replaceAll("''", "'");
    const layout = layoutFromFormatdate(element) ?? call.fail('the format has an element that is not known', 'use YYYY, MM, DD, hh, mm, ss');
    return formatLayout(layout, moment.local);
  });
}

function momentOf(call: Call, index: number): Moment {
  return Moment.parse(call.text(index)) ?? call.fail('this is not a time', 'write 2006-01-02T15:04:05Z');
}

function timeAdd(call: Call): string {
  const duration = durationOf(call.text(1)) ?? call.fail('this is not a duration', 'write 1h30m');
  const moved = momentOf(call, 0).plus(duration);
  return Number.isNaN(moved.local.getTime()) ? call.fail('the result is no time', 'add less') : String(moved);
}
