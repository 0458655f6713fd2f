/** Which step of which component something is about. */
export interface Place {
  readonly component: string;
  readonly phase?: string;
  readonly step?: string;
}

export const described = ({ component, phase, step }: Place): string =>
  [`component ${component}`, ...phase === undefined ? [] : [`${phase} phase`], ...step === undefined ? [] : [`step ${step}`]].join(', ');

/** As it stands beside a step in a template: without the namespace. */
export const brief = ({ component, phase, step }: Place): string => `${component.replace(/^.*--/, '')}, ${phase}: ${step}`;

/** A step has no honest form elsewhere: says which, why, and what to do instead. */
export class Refused extends Error {
  public constructor(public readonly place: Place, public readonly what: string, public readonly fix: string) {
    super(`${described(place)}: ${what}; ${fix}`);
  }
}

/** All that was refused of an image: nothing is written then. */
export class NotRendered extends Error {
  public constructor(public readonly refusals: readonly Refused[]) {
    super(refusals.map(({ message }) => message).join('\n'));
  }
}
