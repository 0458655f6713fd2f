import type { World } from '../kernel';
import { LogsService } from '../logs';
import type { Image, Pipeline } from './model';

/** Where the service-linked role may write: elsewhere it takes an execution role ("PipelineLoggingConfiguration", API reference). */
const OWN = '/aws/imagebuilder/';

interface Logging {
  readonly imageLogGroupName?: string;
  readonly pipelineLogGroupName?: string;
}

/**
 * What a build leaves in CloudWatch Logs: of the run of its pipeline when it begins, of the build when it has ended. A log group that does
 * not exist (any more) is made. Source: Image Builder user guide, "Monitor Image Builder logs with Amazon CloudWatch Logs".
 */
export class BuildLogs {
  public constructor(private readonly world: World) {}

  public began({ arn }: Image, pipeline: Pipeline): void {
    this.write(pipeline, loggingOf(pipeline).pipelineLogGroupName ?? `${OWN}pipeline/${pipeline.name}`, `${pipeline.arn} started ${arn}`);
  }

  public ended({ arn, name, status }: Image, pipeline: Pipeline): void {
    this.write(pipeline, loggingOf(pipeline).imageLogGroupName ?? `${OWN}${name}`, `${arn} ${status}`);
  }

  private write({ input }: Pipeline, group: string, line: string): void {
    if (group.startsWith(OWN) || input.executionRole !== undefined) this.world.get(LogsService).write(group, line);
  }
}

const loggingOf = ({ input }: Pipeline): Logging => (input.loggingConfiguration as Logging | undefined) ?? {};
