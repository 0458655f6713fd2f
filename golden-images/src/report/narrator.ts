import type { World, WorldEvent } from '../world';

export interface Line {
  /** Virtual time, ISO 8601. */
  readonly at: string;
  readonly text: string;
}

type Rule = (event: WorldEvent, world: World) => string | undefined;

/** What is worth a line, by the source of the event. */
const rules: Record<string, Rule> = {
  'aws.imagebuilder': (event) => {
    const status = (event.detail.state as { status: string } | undefined)?.status;
    if (!status || !['CREATING', 'AVAILABLE', 'FAILED', 'CANCELLED'].includes(status)) return undefined;
    const [name, version, build] = event.resources![0]!.split('image/')[1]!.split('/');
    const words: Record<string, string> = { CREATING: 'build started', AVAILABLE: 'built and tested', FAILED: 'build failed', CANCELLED: 'build cancelled' };
    return `image ${name} ${version}/${build}: ${words[status]}`;
  },
  'aws.ssm': (event) => {
    const { name, operation, exception } = event.detail as Record<string, string>;
    if (exception) return `parameter ${name} refused: ${exception}`;
    if (operation === 'Delete') return undefined;
    const channel = /^\/imagebuilder\/golden-images\/[^/]+\/([^/]+)\/([^/]+)$/.exec(name!);
    if (channel) return `channel ${channel[1]}:${channel[2]} ${operation === 'Create' ? 'starts on' : 'moves to'} {${name}}`;
    const fleet = /^\/golden-images\/[^/]+\/fleets\/([^/]+)\/image$/.exec(name!);
    return fleet ? `fleet ${fleet[1]} ${operation === 'Create' ? 'starts on' : 'committed on'} {${name}}` : undefined;
  },
  'aws.autoscaling': (event) => {
    if (!/Instance Refresh/.test(event.detailType)) return undefined;
    return `group ${String(event.detail.AutoScalingGroupName)}: ${event.detailType.replace('EC2 Auto Scaling Instance Refresh', 'instance refresh').toLowerCase()}`;
  },
  'aws.cloudformation': (event) => {
    const status = (event.detail['status-details'] as { status?: string } | undefined)?.status ?? '';
    if (event.detailType !== 'CloudFormation Stack Status Change' || /CLEANUP|REVIEW/.test(status)) return undefined;
    return `stack ${String(event.detail['stack-id']).split('/')[1]}: ${status}`;
  },
};

/** Turns events of the local AWS into the lines of a timeline. */
export class Narrator {
  public readonly lines: Line[] = [];

  public constructor(
    private readonly world: World,
    private readonly parameter: (name: string) => string | undefined,
    private readonly print: (line: Line) => void = () => {},
  ) {
    world.onEvent((event) => {
      const text = rules[event.source]?.(event, world);
      if (text) this.say(text);
    });
  }

  /** A line of the storyteller's own. A parameter's name in braces is replaced by its value. */
  public say(text: string): void {
    const line = {
      at: new Date(this.world.now).toISOString(),
      text: text.replace(/\{(\/[^}]+)\}/g, (_all, name: string) => this.parameter(name) ?? name),
    };
    this.lines.push(line);
    this.print(line);
  }
}

export const formatLine = (line: Line): string => `${line.at.slice(0, 10)} ${line.at.slice(11, 19)}  ${line.text}`;
