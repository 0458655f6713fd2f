import { entry } from '../entry';
import { linuxCis, type LinuxCisOptions } from './linux-cis';
import { cleanLinux, type LinuxCleaningOptions } from './linux-cleaning';
import { linuxOptional, type LinuxOptionalHardeningOptions } from './linux-optional';
import { linuxTimeSync, type LinuxTimeSyncOptions } from './time-sync';
import type { Component } from '../../component/component';
import { linuxStep } from '../../component/linux/script';
import { Step } from '../../component/step';

/** What every Linux image of a company has. */
export class LinuxBaseline {
  /**
   * Hardening in the manner of the CIS benchmarks: kernel settings, blocked modules, the ssh daemon, passwords, file modes, core dumps,
   * audit rules; each item has an id and stands in `docs/guides/hardening.md`. It is a documented set of our own and no certified benchmark.
   * It closes 54 of 128 findings of CIS level 1 (server, Ubuntu 24.04) that an independent scanner has on a plain Debian; `OpenScap.hardening` is for the rest.
   * The validation proves that every item is set; the test proves on an instance of the image that its kernel, its ssh daemon and its
   * audit daemon have taken them over.
   */
  public static cis(options: LinuxCisOptions = {}): Component {
    return linuxCis(options);
  }

  /**
   * Hardening that each image must ask for by name, because it may stop what works: mount options of `/dev/shm` and `/tmp`, accounts that are locked after
   * failed logins, what the audit daemon does when its disk gets full, a daily look for changed files (AIDE). What each may break stands in
   * `docs/guides/hardening.md`, "Optional items". The test proves on an instance of the image what is mounted and what runs.
   */
  public static optionalHardening(options: LinuxOptionalHardeningOptions): Component {
    return linuxOptional(options);
  }

  /**
   * Time by chrony from the Amazon Time Sync Service, which is reached without a network of its own. The validation proves that the
   * configuration is valid and that chrony starts with each instance; the test proves on an instance of the image that it runs and has
   * chosen a server.
   */
  public static timeSync(options: LinuxTimeSyncOptions = {}): Component {
    return linuxTimeSync(options);
  }

  /**
   * Checks that the Systems Manager agent is in the image and starts with each instance; the test proves on an instance of the image that
   * it runs. Hardening, or a parent of one's own, may have taken it away; Image Builder itself works through it.
   */
  public static ssmAgentCheck(): Component {
    // Ubuntu has it as a snap.
    const eachUnit = (check: (unit: string) => string[]): Step => linuxStep('SsmAgent', () => [
      'if systemctl cat snap.amazon-ssm-agent.amazon-ssm-agent.service >/dev/null 2>&1; then unit=snap.amazon-ssm-agent.amazon-ssm-agent.service; '
      + 'else unit=amazon-ssm-agent.service; fi',
      ...check('"$unit"'),
    ]);
    return entry('linux-ssm-agent-check', {
      description: 'Check of the Systems Manager agent',
      validateSteps: [eachUnit((unit) => [`systemctl is-enabled --quiet ${unit} || fail "$unit is not enabled"`])],
      testSteps: [eachUnit((unit) => [
        `for attempt in $(seq 30); do if systemctl is-active --quiet ${unit}; then exit 0; fi; sleep 2; done`,
        'fail "$unit is not active"',
      ])],
    });
  }

  /**
   * Removes what tells of the build instance: ssh host keys and authorized keys, the machine id, credentials and histories in every home,
   * the state of cloud-init and of the ECS agent, package caches, leases, seeds, subscriptions, names of storage hosts, logs. Put it last.
   * Parts of the clean-up of Image Builder, which comes after it, can be skipped by files; it does not run where a recipe has user data of its
   * own; and nothing verifies its result. The validation names each path that is left, private keys under any name included; the test proves
   * that an instance of the image made an identity of its own.
   */
  public static cleanForImaging(options: LinuxCleaningOptions = {}): Component {
    return cleanLinux(options);
  }

  private constructor() {}
}
