const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The elements of a layout of Go's package `time` that a time in UTC can fill. Longest first, as Go looks for them. */
const ELEMENTS = /January|Jan|Monday|Mon|MST|2006|Z07:00|Z0700|-07:00|-0700|002|01|02|03|04|05|06|15|PM|pm|_2|1|2|3|4|5/g;

/** RFC 3339 in UTC, which Packer's `isotime` has without a layout. */
export const RFC_3339 = '2006-01-02T15:04:05Z';

/** Writes a time in UTC as Go does. */
export function formatLayout(layout: string, time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const hour12 = time.getUTCHours() % 12 || 12;
  const [month, day] = [MONTHS[time.getUTCMonth()]!, DAYS[time.getUTCDay()]!];
  const values: Record<string, string> = {
    'January': month,
    'Jan': month.slice(0, 3),
    '01': two(time.getUTCMonth() + 1),
    '1': String(time.getUTCMonth() + 1),
    'Monday': day,
    'Mon': day.slice(0, 3),
    '02': two(time.getUTCDate()),
    '_2': String(time.getUTCDate()).padStart(2),
    '2': String(time.getUTCDate()),
    '2006': String(time.getUTCFullYear()),
    '06': two(time.getUTCFullYear() % 100),
    '002': String(dayOfYear(time)).padStart(3, '0'),
    '15': two(time.getUTCHours()),
    '03': two(hour12),
    '3': String(hour12),
    '04': two(time.getUTCMinutes()),
    '4': String(time.getUTCMinutes()),
    '05': two(time.getUTCSeconds()),
    '5': String(time.getUTCSeconds()),
    'PM': time.getUTCHours() < 12 ? 'AM' : 'PM',
    'pm': time.getUTCHours() < 12 ? 'am' : 'pm',
    'MST': 'UTC',
    'Z07:00': 'Z',
    'Z0700': 'Z',
    '-07:00': '+00:00',
    '-0700': '+0000',
  };
  return layout.replace(ELEMENTS, (element) => values[element]!);
}

function dayOfYear(time: Date): number {
  return Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000) + 1;
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
