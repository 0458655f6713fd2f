const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Hours of the day without a zero before them, for which Go has no element: a character of the private use area. */
const HOUR = '\ue000';

/** The elements of a layout of Go's package `time` that a time in UTC can fill. Longest first, as Go looks for them. */
const ELEMENTS = /\ue000|January|Jan|Monday|Mon|MST|2006|Z07:00|Z0700|-07:00|-0700|002|01|02|03|04|05|06|15|PM|pm|_2|1|2|3|4|5/g;

/** RFC 3339 in UTC, which Packer's `isotime` has without a layout. */
export const RFC_3339 = '2006-01-02T15:04:05Z';

const two = (value: number) => String(value).padStart(2, '0');
const month = (time: Date) => MONTHS[time.getUTCMonth()]!;
const day = (time: Date) => DAYS[time.getUTCDay()]!;
const hour12 = (time: Date) => time.getUTCHours() % 12 || 12;

const WRITTEN = new Map<string, (time: Date) => string>([
  ['January', month],
  ['Jan', (time) => month(time).slice(0, 3)],
  ['01', (time) => two(time.getUTCMonth() + 1)],
  ['1', (time) => String(time.getUTCMonth() + 1)],
  ['Monday', day],
  ['Mon', (time) => day(time).slice(0, 3)],
  ['02', (time) => two(time.getUTCDate())],
  ['_2', (time) => String(time.getUTCDate()).padStart(2)],
  ['2', (time) => String(time.getUTCDate())],
  ['002', (time) => String(dayOfYear(time)).padStart(3, '0')],
  ['2006', (time) => String(time.getUTCFullYear()).padStart(4, '0')],
  ['06', (time) => two(time.getUTCFullYear() % 100)],
  [HOUR, (time) => String(time.getUTCHours())],
  ['15', (time) => two(time.getUTCHours())],
  ['03', (time) => two(hour12(time))],
  ['3', (time) => String(hour12(time))],
  ['04', (time) => two(time.getUTCMinutes())],
  ['4', (time) => String(time.getUTCMinutes())],
  ['05', (time) => two(time.getUTCSeconds())],
  ['5', (time) => String(time.getUTCSeconds())],
  ['PM', (time) => (time.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['pm', (time) => (time.getUTCHours() < 12 ? 'am' : 'pm')],
  ['MST', () => 'UTC'],
  ['Z07:00', () => 'Z'],
  ['Z0700', () => 'Z'],
  ['-07:00', () => '+00:00'],
  ['-0700', () => '+0000'],
]);

/** Writes a time in UTC as Go does. */
export function formatLayout(layout: string, time: Date): string {
  return layout.replace(ELEMENTS, (element) => WRITTEN.get(element)!(time));
}

export function dayOfYear(time: Date): number {
  return Math.floor((time.getTime() - new Date(0).setUTCFullYear(time.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
}

/** Elements of `strftime`. */
const STRFTIME: Record<string, string> = {
  'Y': '2006',
  'y': '06',
  'm': '01',
  'd': '02',
  'e': '_2',
  'H': '15',
  'I': '03',
  'M': '04',
  'S': '05',
  'p': 'PM',
  'b': 'Jan',
  'h': 'Jan',
  'B': 'January',
  'a': 'Mon',
  'A': 'Monday',
  'F': '2006-01-02',
  'T': '15:04:05',
  'D': '01/02/06',
  'R': '15:04',
  'Z': 'MST',
  'z': '-0700',
  'j': '002',
  '%': '%',
};

/** Elements of HCL's `formatdate`. */
const FORMATDATE: Record<string, string> = {
  YYYY: '2006',
  YY: '06',
  MMMM: 'January',
  MMM: 'Jan',
  MM: '01',
  M: '1',
  DD: '02',
  D: '2',
  EEEE: 'Monday',
  EEE: 'Mon',
  hh: '15',
  h: HOUR,
  HH: '03',
  H: '3',
  AA: 'PM',
  aa: 'pm',
  mm: '04',
  m: '4',
  ss: '05',
  s: '5',
  ZZZZZ: '-07:00',
  ZZZZ: '-0700',
  ZZZ: 'MST',
  Z: 'Z07:00',
};

/** The same layout in Go's notation; undefined where it has an element that Go lacks. */
export function layoutFromStrftime(format: string): string | undefined {
  return converted(format, /%(.)?/gs, (element) => STRFTIME[element.slice(1)]);
}

export function layoutFromFormatdate(format: string): string | undefined {
  return converted(format, /'((?:[^']|'')*)'|([A-Za-z])\2*/g, (element) =>
    (element.startsWith("'") ? element.slice(1, -1).replaceAll("''", "'") : FORMATDATE[element]));
}

function converted(format: string, element: RegExp, convert: (element: string) => string | undefined): string | undefined {
  let known = true;
  const layout = format.replace(element, (match: string) => {
    const replacement = convert(match);
    known &&= replacement !== undefined;
    return replacement ?? '';
  });
  return known ? layout : undefined;
}
