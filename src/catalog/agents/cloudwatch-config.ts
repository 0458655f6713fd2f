import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { Platform } from '../../image/platform';
import { InvalidInputError } from '../../private/errors';

/** What the CloudWatch agent measures. */
export enum AgentMetric {
  /** How busy the processors are, all together. */
  CPU = 'cpu',
  /** Used memory. */
  MEMORY = 'mem',
  /** Used space of file systems. */
  DISK = 'disk',
  /** Used swap space or page file. */
  SWAP = 'swap',
  /** Bytes over the network. */
  NETWORK = 'net',
}

/** A log file that the agent sends to CloudWatch Logs. */
export interface AgentLogFile {
  /** Path; `*` stands for any text of a name, `**` for any folders. */
  readonly path: string;

  /** Log group; made by the agent where it is absent. */
  readonly logGroupName: string;

  /**
   * Log stream.
   *
   * @default '{instance_id}'
   */
  readonly logStreamName?: string;

  /**
   * How long the log group keeps events.
   *
   * @default - as it is; a new group keeps them for ever
   */
  readonly retention?: RetentionDays;
}

/** Events of Windows that the agent sends to CloudWatch Logs. */
export interface AgentWindowsEvents {
  /** Name of the event log, such as `System`. */
  readonly eventName: string;

  /** Log group; made by the agent where it is absent. */
  readonly logGroupName: string;

  /**
   * Levels: `CRITICAL`, `ERROR`, `WARNING`, `INFORMATION`, `VERBOSE`.
   *
   * @default ['CRITICAL', 'ERROR', 'WARNING']
   */
  readonly levels?: string[];

  /**
   * How long the log group keeps events.
   *
   * @default - as it is; a new group keeps them for ever
   */
  readonly retention?: RetentionDays;
}

/** Configuration of the CloudWatch agent. */
export interface CloudWatchAgentConfig {
  /**
   * Namespace of the metrics.
   *
   * @default 'CWAgent'
   */
  readonly namespace?: string;

  /**
   * What is measured.
   *
   * @default [AgentMetric.CPU, AgentMetric.MEMORY, AgentMetric.DISK]
   */
  readonly metrics?: AgentMetric[];

  /**
   * How often it measures.
   *
   * @default Duration.minutes(1)
   */
  readonly interval?: Duration;

  /**
   * File systems whose space is measured; drives such as `C:` on Windows.
   *
   * @default ['*'], all of them
   */
  readonly disks?: string[];

  /**
   * Log files.
   *
   * @default - none
   */
  readonly logFiles?: AgentLogFile[];

  /**
   * Events of Windows; only there.
   *
   * @default - none
   */
  readonly windowsEvents?: AgentWindowsEvents[];
}

type Section = Record<string, unknown>;

/** CloudWatch user guide, "Manually create or edit the CloudWatch agent configuration file". */
export function agentConfig(scope: IConstruct, config: CloudWatchAgentConfig, platform: Platform): string {
  check(scope, config, platform);
  const metrics = metricsSection(config, platform);
  const logs = logsSection(config);
  return JSON.stringify({
    agent: { metrics_collection_interval: (config.interval ?? Duration.minutes(1)).toSeconds() },
    ...metrics === undefined ? {} : { metrics },
    ...logs === undefined ? {} : { logs },
  }, undefined, 2);
}

const METRICS = [AgentMetric.CPU, AgentMetric.MEMORY, AgentMetric.DISK];

function metricsSection({ namespace = 'CWAgent', metrics = METRICS, disks = ['*'] }: CloudWatchAgentConfig, platform: Platform): Section | undefined {
  const known = platform === Platform.WINDOWS ? windowsMetrics(disks) : linuxMetrics(disks);
  return metrics.length === 0 ? undefined : {
    namespace,
    // Placeholders that the agent fills in on each instance.
    append_dimensions: { InstanceId: '${aws:InstanceId}', ImageId: '${aws:ImageId}', AutoScalingGroupName: '${aws:AutoScalingGroupName}' },
    aggregation_dimensions: [['AutoScalingGroupName'], ['ImageId']],
    metrics_collected: Object.assign({}, ...metrics.map((metric) => known[metric])) as Section,
  };
}

const IGNORED = ['sysfs', 'tmpfs', 'devtmpfs', 'overlay', 'squashfs'];

const linuxMetrics = (disks: string[]): Record<AgentMetric, Section> => ({
  cpu: { cpu: { measurement: ['usage_active', 'usage_iowait'], resources: ['*'], totalcpu: true } },
  mem: { mem: { measurement: ['used_percent'] } },
  disk: { disk: { measurement: ['used_percent', 'inodes_free'], resources: disks, ignore_file_system_types: IGNORED } },
  swap: { swap: { measurement: ['used_percent'] } },
  net: { net: { measurement: ['bytes_sent', 'bytes_recv'], resources: ['*'] } },
});

const windowsMetrics = (disks: string[]): Record<AgentMetric, Section> => ({
  cpu: { Processor: { measurement: ['% Processor Time'], resources: ['_Total'] } },
  mem: { Memory: { measurement: ['% Committed Bytes In Use'] } },
  disk: { LogicalDisk: { measurement: ['% Free Space'], resources: disks } },
  swap: { 'Paging File': { measurement: ['% Usage'], resources: ['*'] } },
  net: { 'Network Interface': { measurement: ['Bytes Sent/sec', 'Bytes Received/sec'], resources: ['*'] } },
});

function logsSection({ logFiles = [], windowsEvents = [] }: CloudWatchAgentConfig): Section | undefined {
  const files = logFiles.map(({ path, logStreamName, ...group }) => ({ file_path: path, ...target({ logStreamName, ...group }) }));
  const events = windowsEvents.map(({ eventName, levels = ['CRITICAL', 'ERROR', 'WARNING'], ...group }) =>
    ({ event_name: eventName, event_levels: levels, event_format: 'xml', ...target(group) }));
  return files.length + events.length === 0 ? undefined : {
    logs_collected: {
      ...files.length > 0 ? { files: { collect_list: files } } : {},
      ...events.length > 0 ? { windows_events: { collect_list: events } } : {},
    },
  };
}

const target = ({ logGroupName, logStreamName = '{instance_id}', retention }: Omit<AgentLogFile, 'path'>): Section => ({
  log_group_name: logGroupName,
  log_stream_name: logStreamName,
  ...retention === undefined ? {} : { retention_in_days: retention === RetentionDays.INFINITE ? -1 : retention },
});

function check(scope: IConstruct, { metrics, interval, logFiles = [], windowsEvents = [] }: CloudWatchAgentConfig, platform: Platform): void {
  const refuse = (what: string, expected: string, fix: string): never => {
    throw new InvalidInputError(scope, { what, expected, fix });
  };
  if (metrics?.length === 0 && logFiles.length + windowsEvents.length === 0) {
    refuse('the CloudWatch agent has nothing to collect', 'metrics, log files or events', 'give it one, or leave the component out');
  }
  if (windowsEvents.length > 0 && platform !== Platform.WINDOWS) {
    refuse('the CloudWatch agent has windowsEvents on Linux', 'windowsEvents on Windows only', 'take logFiles');
  }
  if (interval && !(interval.toMilliseconds() >= 1000 && interval.toMilliseconds() % 1000 === 0)) {
    refuse(`the interval of the CloudWatch agent is ${interval.toMilliseconds()} ms`, 'whole seconds, one or more', 'correct it');
  }
}
