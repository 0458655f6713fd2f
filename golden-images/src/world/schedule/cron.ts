import { Cron } from 'croner';

/** Minutes, hours, day of month, month, day of week, year: [least, most, names, special characters beside `, - * /`]. */
const fields = [
  { least: 0, most: 59, special: '' },
  { least: 0, most: 23, special: '' },
  { least: 1, most: 31, special: 'LW?' },
  { least: 1, most: 12, special: '', names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] },
  { least: 1, most: 7, special: 'L#?', names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
  { least: 1970, most: 2199, special: '' },
] as const;
type Field = (typeof fields)[number];

/**
 * A cron expression of EventBridge (six fields, the last one the year) in the dialect of croner (seven, the first one the
 * seconds), on a clock without time zone. Undefined when AWS would refuse it.
 */
export function awsCron(expression: string): Cron | undefined {
  const parts = expression.trim().toUpperCase().split(/\s+/);
  if (parts.length !== 6) return undefined;
  // "You can't specify the Day-of-month and Day-of-week fields in the same cron expression": exactly one of them is `?`.
  if ((parts[2] === '?') === (parts[4] === '?')) return undefined;
  const translated = parts.map((part, i) => translate(part, fields[i]!, i));
  if (translated.includes(undefined)) return undefined;
  try {
    return new Cron(['0', ...translated].join(' '), { mode: '7-part', alternativeWeekdays: true, timezone: 'UTC', paused: true });
  } catch {
    return undefined;
  }
}

function translate(part: string, field: Field, index: number): string | undefined {
  if (part === '?') return field.special.includes('?') ? '*' : undefined;
  if (index === 2 && /^(L|LW|([1-9]|[12]\d|3[01])W)$/.test(part)) return part;
  if (index === 4) {
    const special = dayOfWeek(part, field);
    if (special) return special;
  }
  const items = part.split(',').map((item) => range(item, field));
  return items.includes(undefined) ? undefined : items.join(',');
}

/** `L` is Saturday, `6L` the last Friday, `2#1` the first Monday. */
function dayOfWeek(part: string, field: Field): string | undefined {
  if (part === 'L') return '7';
  const [, day, suffix] = /^(\w+?)(L|#[1-5])$/.exec(part) ?? [];
  const number = day && value(day, field);
  return number ? `${number}#${suffix === 'L' ? 'L' : suffix!.slice(1)}` : undefined;
}

function range(item: string, field: Field): string | undefined {
  const [, base, step] = /^([^/]+)(?:\/(\d+))?$/.exec(item) ?? [];
  if (base === undefined || (step !== undefined && !isStep(step, field))) return undefined;
  if (base === '*') return step ? `*/${step}` : '*';
  const [from, to, ...rest] = base.split('-').map((each) => value(each, field));
  if (from === undefined || rest.length > 0 || (base.includes('-') && to === undefined)) return undefined;
  if (to !== undefined && Number(to) < Number(from)) return undefined;
  if (step) return `${from}-${to ?? field.most}/${step}`;
  return to === undefined ? from : `${from}-${to}`;
}

/** Days of the week know no steps (EventBridge user guide, "Cron expressions": wildcards); a step over the whole range is none. */
function isStep(step: string, field: Field): boolean {
  return !field.special.includes('#') && /^[1-9]\d*$/.test(step) && Number(step) <= field.most - field.least;
}

function value(text: string, field: Field): string | undefined {
  const named = 'names' in field ? (field.names as readonly string[]).indexOf(text) : -1;
  if (named >= 0) return String(named + 1);
  const number = /^\d+$/.test(text) ? Number(text) : NaN;
  return number >= field.least && number <= field.most ? String(number) : undefined;
}
