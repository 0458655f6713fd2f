import type { Construct } from 'constructs';
import type { Component } from '../../component/component';
import { LinuxAssert, LinuxPackages, SystemdUnit } from '../../component/linux';
import { checkWord } from '../../component/linux/checks';
import { byManager } from '../../component/linux/package-scripts';
import { linuxStep } from '../../component/linux/script';
import { writeText } from '../../component/linux/write-file';
import { entry } from '../entry';
import { eachName } from '../package-manager';

/** Options of `LinuxBaseline.timeSync`. */
export interface LinuxTimeSyncOptions {
  /**
   * Time servers, by name or address. The Amazon Time Sync Service smears leap seconds: do not mix it with others that do not.
   *
   * @default ['169.254.169.123'], the Amazon Time Sync Service
   */
  readonly servers?: string[];
}

/** EC2 user guide, "Set the time reference on your EC2 instance to use the local Amazon Time Sync Service". */
const AMAZON = '169.254.169.123';

/** The component of `LinuxBaseline.timeSync`. */
export const linuxTimeSync = ({ servers = [AMAZON] }: LinuxTimeSyncOptions): Component => entry('linux-time-sync', {
  description: 'Time by chrony',
  buildSteps: [
    LinuxPackages.install([{ name: 'chrony' }]),
    linuxStep('ChronyConfiguration', (scope) => {
      const text = configuration(scope, servers);
      return byManager(writeText('/etc/chrony.conf', text), writeText('/etc/chrony/chrony.conf', text));
    }),
    eachName('chronyd', 'chrony', (name) => SystemdUnit.enable(`${name}.service`)),
  ],
  validateSteps: [
    linuxStep('ChronyConfigurationTest', () => ['chronyd -p > /dev/null']),
    eachName('chronyd', 'chrony', (name) => LinuxAssert.serviceEnabled(name)),
  ],
  testSteps: [
    eachName('chronyd', 'chrony', (name) => LinuxAssert.serviceActive(name)),
    linuxStep('TimeSource', () => [
      "for attempt in $(seq 60); do if chronyc -n sources | grep -q '^^\\*'; then exit 0; fi; sleep 2; done",
      'chronyc -n sources >&2 || true',
      "fail 'chrony takes its time from no server'",
    ]),
  ],
});

const configuration = (scope: Construct, servers: string[]): string => [
  ...servers.map((server) => `server ${checkWord(scope, server, 'the time server')} iburst${server === AMAZON ? ' prefer minpoll 4 maxpoll 4' : ''}`),
  'driftfile /var/lib/chrony/drift',
  'makestep 1.0 3',
  'rtcsync',
  'logdir /var/log/chrony',
  '',
].join('\n');
