import { Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { InvalidInputError } from '../private/errors';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Names, of which the first stands for `from`. */
  readonly names?: string[];
  /** Forms that only this field knows. */
  readonly special?: RegExp;
  readonly increments: boolean;
}

// EC2 Image Builder user guide, "Use cron expressions in Image Builder": supported values and wildcards.
const FIELDS: Field[] = [
  { name: 'minute', from: 0, to: 59, increments: true },
  { name: 'hour', from: 0, to: 23, increments: true },
  { name: 'day of month', from: 1, to: 31, special: /^(?:\?|L|LW|(?:[1-9]|[12]\d|3[01])W)$/, increments: true },
  { name: 'month', from: 1, to: 12, names: MONTHS, increments: true },
  { name: 'day of week', from: 1, to: 7, names: DAYS, special: /^(?:\?|L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(?:L|#[1-5]))$/, increments: false },
  { name: 'year', from: 1970, to: 2199, increments: true },
];

/** Gives the expression back if the service takes it. */
export function checkCron(scope: IConstruct, expression: string): string {
  if (Token.isUnresolved(expression)) {
    return expression;
  }
  const refuse = (what: string, expected: string): never => {
    throw new InvalidInputError(scope, { what: `the schedule '${expression}' is not valid: ${what}`, expected, fix: 'correct the schedule' });
  };
  const texts = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(' ') ?? [];
  if (texts.length !== FIELDS.length) {
    refuse(`it has ${texts.length} fields`, 'six fields with one space between: minute, hour, day of month, month, day of week, year');
  }
  FIELDS.forEach((field, index) => {
    if (!legalField(field, texts[index]!.toUpperCase())) {
      refuse(`the ${field.name} is '${texts[index]}'`, `${describe(field)}`);
    }
  });
  if ((texts[2] === '?') === (texts[4] === '?')) {
    refuse(`the day of month is '${texts[2]}' and the day of week is '${texts[4]}'`, "'?' for exactly one of the two");
  }
  if (!hasDate(texts)) { refuse(`there is no day ${texts[2]} in the month ${texts[3]}`, 'a day that one of its months has'); }
  return expression;
}

/** Whether a day of the month comes at all: 31 February does not. Days such as L or 3W do. */
function hasDate(texts: string[]): boolean {
  const [days, months, years] = [2, 3, 5].map((index) => valuesOf(FIELDS[index]!, texts[index]!.toUpperCase()));
  return days!.length === 0 || years!.some((year) => months!.some((month) => days!.some((day) => day <= lengthOf(year, month))));
}

const lengthOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The values that a valid text stands for; none where it is of another form. */
function valuesOf(field: Field, text: string): number[] {
  return field.special?.test(text) ? [] : text.split(',').flatMap((part) => {
    const [range = '', increment] = part.split('/');
    const [from = field.from, to] = range === '*' ? [field.from, field.to] : range.split('-').map((each) => valueOf(field, each));
    const last = to ?? (increment === undefined ? from : field.to);
    const step = Number(increment ?? 1);
    return Array.from({ length: Math.floor((last - from) / step) + 1 }, (_, index) => from + index * step);
  });
}

const describe = ({ from, to, names }: Field): string => `${from} to ${to}${names ? ` or ${names[0]} to ${names[names.length - 1]}` : ''}`;

function legalField(field: Field, text: string): boolean {
  // A day such as L, 3W or TUE#2 stands alone.
  return field.special?.test(text) || text.split(',').every((part) => legalPart(field, part));
}

function legalPart(field: Field, part: string): boolean {
  const [range = '', increment, ...rest] = part.split('/');
  if (rest.length > 0 || (increment !== undefined && !legalIncrement(field, increment))) {
    return false;
  }
  if (range === '*') {
    return true;
  }
  const bounds = range.split('-').map((text) => valueOf(field, text));
  return bounds.length <= 2 && bounds.every((value) => value >= field.from && value <= field.to) && bounds[0]! <= bounds[bounds.length - 1]!;
}

/** A step over the whole range would never be taken. */
const legalIncrement = ({ increments, from, to }: Field, text: string): boolean =>
  increments && /^[1-9]\d*$/.test(text) && Number(text) <= to - from;

function valueOf(field: Field, text: string): number {
  const named = field.names?.indexOf(text) ?? -1;
  return named >= 0 ? named + field.from : (/^\d+$/.test(text) ? Number(text) : NaN);
}
