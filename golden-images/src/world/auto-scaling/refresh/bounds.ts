/** The share of the desired capacity between which a refresh may move. */
export interface Percentages {
  readonly minimum: number;
  readonly maximum: number;
  /** Whether the maximum was set: explicit 100 is not the same as none. */
  readonly explicit: boolean;
}

export interface Bounds {
  /** Healthy instances that must stay. */
  readonly minimum: number;
  /** Instances in service or pending that there may be. */
  readonly maximum: number;
  /** Whether an instance may go although that breaks the minimum, because nothing could move otherwise. */
  readonly oneAtATime: boolean;
}

/**
 * Percentages in instances: the minimum is rounded up (user guide, "Minimum healthy percentage"); the maximum is rounded down
 * (assumption: maximum-rounding).
 *
 * Where both bounds cannot be kept at once, an explicit maximum makes room for one launch beforehand, while without one an
 * instance is terminated and its replacement launched at the same time (API reference, RefreshPreferences, MaxHealthyPercentage;
 * for a minimum of 100 percent assumption: min-100-max-omitted).
 */
export function boundsOf(percentages: Percentages, desired: number): Bounds {
  const minimum = Math.ceil((desired * percentages.minimum) / 100);
  const maximum = Math.max(desired, Math.floor((desired * percentages.maximum) / 100));
  if (maximum > minimum) return { minimum, maximum, oneAtATime: false };
  return percentages.explicit ? { minimum, maximum: desired + 1, oneAtATime: false } : { minimum, maximum, oneAtATime: true };
}
