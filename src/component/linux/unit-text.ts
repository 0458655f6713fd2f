/** Options of every unit that is installed. */
export interface UnitOptions {
  /**
   * Whether it is started with each instance.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether it is started on the build instance too.
   *
   * @default false
   */
  readonly started?: boolean;
}

/** Where units of the system's operator lie (systemd.unit(5)). */
export const unitPath = (name: string): string => `/etc/systemd/system/${name}`;

/** One setting of a unit: its name and value. */
export type Setting = readonly [string, string | undefined];

/** An assignment of an environment variable: quoted, `%` stands for itself (systemd.exec(5), systemd.unit(5)). */
export const unitAssignment = (name: string, value: string): string =>
  `"${name}=${value.replace(/[\\"]/g, '\\$&').replace(/%/g, '%%')}"`;

/** A unit: sections with their settings; settings without a value are left out, and sections without settings. */
export const unitText = (sections: Readonly<Record<string, readonly Setting[]>>): string => Object.entries(sections)
  .map(([name, settings]) => [`[${name}]`, ...settings.filter(([, value]) => value !== undefined).map(([key, value]) => `${key}=${value}`)])
  .filter(({ length }) => length > 1)
  .map((lines) => `${lines.join('\n')}\n`)
  .join('\n');
