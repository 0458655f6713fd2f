import { checkFileName, checkLine, checkNotEmpty, checkWord } from './checks';
import { linuxStep } from './script';
import { writeText } from './write-file';
import type { Step } from '../step';

/** Options of `Sysctl.set`. */
export interface SysctlOptions {
  /**
   * Name of the file in /etc/sysctl.d, without its extension. Files with later names win.
   *
   * @default '90-golden-images'
   */
  readonly fileName?: string;

  /**
   * Whether the settings are applied to the build instance too, which fails for one that its kernel does not know. Settings of a module
   * that is loaded later need `false`. Left out where the kernel's settings cannot be written, such as in a container.
   *
   * @default true
   */
  readonly apply?: boolean;
}

/** Settings of the kernel. */
export class Sysctl {
  /** Writes settings into one file of /etc/sysctl.d, which holds nothing else, for every start of an instance. */
  public static set(settings: { [key: string]: string }, options: SysctlOptions = {}): Step {
    return linuxStep('Sysctl', (scope) => {
      const entries = Object.entries(settings);
      checkNotEmpty(scope, entries, 'the list of kernel settings');
      const file = `/etc/sysctl.d/${checkFileName(scope, options.fileName ?? '90-golden-images', 'the file name')}.conf`;
      const text = entries.map(([key, value]) =>
        `${checkWord(scope, key, 'the kernel setting')} = ${checkLine(scope, value, `the value of ${key}`)}\n`);
      return [
        ...writeText(file, text.join('')),
        ...options.apply ?? true ? [`if [ -w /proc/sys ]; then sysctl -p ${file}; else echo 'not applied here: /proc/sys cannot be written'; fi`] : [],
      ];
    });
  }

  private constructor() {}
}
