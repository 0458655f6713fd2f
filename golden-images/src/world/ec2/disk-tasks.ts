import { IamService } from '../iam';
import { AwsError, page, Properties, refuseUnknown, World } from '../kernel';
import { S3Service } from '../s3';
import { Filter, passes } from './filters';
import { specifiedTags, type Tags } from './tags';

/** An import or an export of VM Import/Export. */
export interface DiskTask {
  readonly id: string;
  readonly input: Properties;
  /** Source: VM Import/Export user guide, "Monitor an import image task", "Monitor an export image task". */
  status: 'active' | 'completed' | 'deleted';
  message?: string;
  imageId?: string;
}

/** Conversion tasks of a region that may be in progress at the same time. Source: user guide, "Considerations for image export". */
const MOST_AT_ONCE = 5;

/** The tasks of VM Import/Export in one region, in the order in which they were started. */
export class DiskTasks {
  private readonly tasks: DiskTask[] = [];

  public constructor(private readonly world: World, private readonly tags: Tags) {}

  /** Starts a task. `run` ends it; what it throws is why it failed. */
  public start(prefix: string, type: string, input: Properties, minutes: number, run: (task: DiskTask) => void): DiskTask {
    if (this.active().length >= MOST_AT_ONCE) {
      throw new AwsError('ResourceCountLimitExceeded', `Task limit exceeded: at most ${MOST_AT_ONCE} conversion tasks may be in progress`);
    }
    const task: DiskTask = { id: `${prefix}-${this.world.random.hex(17)}`, input, status: 'active' };
    this.tasks.push(task);
    this.tags.put(task.id, specifiedTags(input.TagSpecifications, type));
    // How long a task takes is not documented (assumption: disk-task-durations).
    this.world.timeline.schedule(minutes * 60_000, `disk task ${task.id}`, () => this.finish(task, run));
    return task;
  }

  public active(): DiskTask[] {
    return this.tasks.filter((task) => task.status === 'active');
  }

  public find(id: string): DiskTask | undefined {
    return this.tasks.find((task) => task.id === id);
  }

  /** What a Describe operation finds: by ids, all of which must exist, and by filters. */
  public described(input: Properties, prefix: string, ids: string[] | undefined): { items: DiskTask[]; NextToken?: string } {
    const missing = ids?.find((id) => !this.find(id));
    if (missing !== undefined) throw new AwsError('InvalidConversionTaskId', `The conversion task ID '${missing}' does not exist`);
    const found = this.tasks.filter((task) => task.id.startsWith(`${prefix}-`) && (ids?.includes(task.id) ?? true)
      && passes(input.Filters as Filter[], (name) => (name === 'task-state' ? [task.status] : this.tags.filterValues(task.id, name))));
    return page(found, input.MaxResults, input.NextToken);
  }

  public tagsOf(task: DiskTask): Properties[] {
    return this.tags.of(task.id);
  }

  /** The service takes no role that does not exist or that does not trust it. Source: user guide, "Troubleshooting VM Import/Export". */
  public requireRole(name = 'vmimport'): void {
    const role = this.world.get(IamService).roles.find(name);
    const trusted = JSON.stringify(role?.trust ?? {});
    if (!trusted.includes('vmie.amazonaws.com') || !trusted.includes('vmimport')) {
      throw new AwsError('InvalidParameter', `The service role ${name} provided does not exist or does not have sufficient permissions`);
    }
  }

  public get s3(): S3Service {
    return this.world.get(S3Service);
  }

  private finish(task: DiskTask, run: (task: DiskTask) => void): void {
    try {
      run(task);
      task.status = 'completed';
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      task.status = 'deleted';
      task.message = `ClientError: ${error.message}`;
    }
    this.world.log('ec2', `${task.id} ${task.status}${task.message ? `: ${task.message}` : ''}`, { task: task.id, status: task.status });
  }
}

export const describeArguments = (operation: string, input: Properties, ids: string): void =>
  refuseUnknown(`ec2:${operation}`, input, [ids, 'Filters', 'MaxResults', 'NextToken']);
