import { UsageError } from './option';

/** Parsers of values. Each refuses what it cannot read by naming the expected form. */
export const text = (value: string): string => {
  if (value.trim() === '') throw new UsageError('some text');
  return value;
};

export const wholeNumber = (least: number, most: number = Number.MAX_SAFE_INTEGER) => (value: string): number => {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new UsageError(most === Number.MAX_SAFE_INTEGER ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`);
  }
  return number;
};

export const speed = (value: string): number => {
  if (!/^\d+(\.\d+)?$/.test(value)) throw new UsageError('virtual seconds per real second, such as 1, 60 or 0');
  return Number(value);
};

/** Milliseconds since 1970. */
export const moment = (value: string): number => {
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}T[\d:.]+$/.test(value) ? `${value}Z` : value);
  if (!/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(value) || Number.isNaN(time)) throw new UsageError('an ISO 8601 date or time, such as 2026-01-06 or 2026-01-06T09:00:00Z');
  return time;
};

export interface ImageAtDay {
  readonly image: string;
  readonly day: number;
}

export const imageAtDay = (value: string): ImageAtDay => {
  const [, image, day] = /^([^@\s]+)@([1-9]\d*)$/.exec(value) ?? [];
  if (image === undefined) throw new UsageError('IMAGE@DAY, such as web@8');
  return { image, day: Number(day) };
};

export const account = (value: string): string => {
  if (!/^\d{12}$/.test(value)) throw new UsageError('an account of twelve digits');
  return value;
};

export const region = (value: string): string => {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(value)) throw new UsageError('a region, such as eu-central-1');
  return value;
};

export const assignment = (value: string): readonly [string, string] => {
  const [, name, rest] = /^([^=\s]+)=([^]*)$/.exec(value) ?? [];
  if (name === undefined) throw new UsageError('NAME=VALUE');
  return [name, rest!];
};
