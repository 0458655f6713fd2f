import { naming } from './names';
import type { World, WorldEvent } from '../world';
import { SsmService } from '../world/ssm/ssm';

export interface Line {
  /** Virtual time, ISO 8601. */
  readonly at: string;
  readonly text: string;
}

type Rule = (event: WorldEvent, world: World) => string | undefined;

const CHANNEL = /^\/imagebuilder\/golden-images\/([^/]+)\/([^/]+)\/([^/]+)$/;
const FLEET = /^\/golden-images\/([^/]+)\/fleets\/([^/]+)\/image$/;

/** What an image or a fleet is called, among all those that have a parameter of this form. */
function called(world: World, form: RegExp, [, namespace, name]: RegExpExecArray): string {
  const found = world.get(SsmService).names().map((each) => form.exec(each)).filter((match) => match !== null);
  return naming(found.map((match) => ({ namespace: match[1]!, name: match[2]! })))({ namespace: namespace!, name: name! });
}

/** What is worth a line, by the source of the event. */
const rules: Record<string, Rule> = {
  'aws.imagebuilder': (event) => {
    const status = (event.detail.state as { status: string } | undefined)?.status;
    if (!status || !['CREATING', 'AVAILABLE', 'FAILED', 'CANCELLED'].includes(status)) return undefined;
    const [name, version, build] = event.resources![0]!.split('image/')[1]!.split('/');
    const words: Record<string, string> = { CREATING: 'build started', AVAILABLE: 'built and tested', FAILED: 'build failed', CANCELLED: 'build cancelled' };
    return `image ${name} ${version}/${build}: ${words[status]}`;
  },
  'aws.ssm': (event, world) => {
    const { name, operation, exception } = event.detail as Record<string, string>;
    if (exception) return `parameter ${name} refused: ${exception}`;
    if (operation === 'Delete') return undefined;
    const channel = CHANNEL.exec(name!);
    if (channel) return `channel ${called(world, CHANNEL, channel)}:${channel[3]} ${operation === 'Create' ? 'starts on' : 'moves to'} {${name}}`;
    const fleet = FLEET.exec(name!);
    return fleet ? `fleet ${called(world, FLEET, fleet)} ${operation === 'Create' ? 'starts on' : 'committed on'} {${name}}` : undefined;
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
