import { dayOfYear, formatLayout } from '../../template/time-layout';

const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)([T ])(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))$/;
const NANOSECONDS: Record<string, bigint> = {
  ns: 1n, us: 1_000n, µs: 1_000n, μs: 1_000n, ms: 1_000_000n, s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n,
};
const DAY = 86_400_000;

/** A time with the offset from UTC in which it was written. */
export class Moment {
  /** Undefined where the text is not a time of RFC 3339, or names a day that is not there; `separators` between date and time. */
  public static parse(text: string, separators = 'T'): Moment | undefined {
    const match = RFC_3339.exec(text);
    if (!match || !separators.includes(match[4]!)) return undefined;
    const [year, month, day, , hour, minute, second] = match.slice(1).map(Number) as [number, number, number, number, number, number, number];
    const local = new Date(Date.UTC(2000, 0, 1, hour, minute, second));
    local.setUTCFullYear(year, month - 1, day);
    const same = local.getUTCMonth() === month - 1 && local.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
    const offset = (match[9] === '-' ? -1 : 1) * (Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0));
    const nanoseconds = BigInt((match[8] ?? '.').slice(1).padEnd(9, '0').slice(0, 9));
    return same ? new Moment(local, offset, nanoseconds) : undefined;
  }

  /** `local` has the fields as they are read on a clock there; `offset` is in minutes. */
  public constructor(public readonly local: Date, public readonly offset: number, private readonly nanoseconds: bigint) {}

  /** Seconds since 1970. */
  public get unix(): number {
    return this.local.getTime() / 1000 - this.offset * 60;
  }

  public plus(nanoseconds: bigint): Moment {
    const all = BigInt(this.local.getTime()) * 1_000_000n + this.nanoseconds + nanoseconds;
    const rest = ((all % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
    return new Moment(new Date(Number((all - rest) / 1_000_000n)), this.offset, rest);
  }

  /** `+02:00`, or `+0200` without a colon. */
  public zone(colon: string): string {
    const minutes = Math.abs(this.offset);
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((number) => String(number).padStart(2, '0'));
    return `${this.offset < 0 ? '-' : '+'}${hours}${colon}${rest}`;
  }

  public toString(): string {
    return formatLayout('2006-01-02T15:04:05', this.local) + (this.offset === 0 ? 'Z' : this.zone(':'));
  }

  /** What rfc3339_parse and unix_timestamp_parse give alike. */
  public get fields(): Record<string, number | string> {
    const { local } = this;
    const [year, weekday] = [local.getUTCFullYear(), local.getUTCDay()];
    // The week of a day is that of its Thursday.
    const thursday = new Date(local.getTime() + (4 - (weekday || 7)) * DAY);
    return {
      year,
      year_day: dayOfYear(local),
      day: local.getUTCDate(),
      month: local.getUTCMonth() + 1,
      month_name: formatLayout('January', local),
      weekday,
      weekday_name: formatLayout('Monday', local),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
      iso_year: thursday.getUTCFullYear(),
      iso_week: Math.ceil(dayOfYear(thursday) / 7),
    };
  }
}

/** A duration as Go writes it, in nanoseconds; undefined where the text is none. */
export function durationOf(text: string): bigint | undefined {
  const [, sign, parts] = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text) ?? [];
  if (parts === undefined) return undefined;
  const sum = [...parts.matchAll(/(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/gy)].reduce((total, [, whole, fraction = '', unit]) => (
    total + BigInt(`0${whole}`) * NANOSECONDS[unit!]! + (BigInt(`0${fraction}`) * NANOSECONDS[unit!]!) / 10n ** BigInt(fraction.length)), 0n);
  return sign === '-' ? -sum : sum;
}
