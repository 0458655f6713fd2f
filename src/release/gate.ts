import { Duration } from 'aws-cdk-lib';
import type { IImage } from '../image/image';
import { InvalidInputError } from '../private/errors';

/** Kinds of gates that the controller knows. */
export enum GateKind {
  /** The image's tests passed. */
  IMAGE_TESTS = 'image-tests',
  /** The version was the head of another channel for a while. */
  SOAK = 'soak',
}

/** What a gate asks of a version. */
export interface GateConfig {
  /** Kind of the gate. */
  readonly kind: GateKind;

  /**
   * Channel in which a version must have stayed, for `GateKind.SOAK`.
   *
   * @default - none
   */
  readonly soakChannel?: string;

  /**
   * How long it must have stayed there, for `GateKind.SOAK`.
   *
   * @default - none
   */
  readonly soakTime?: Duration;
}

/** Options of `Gate.soak`. */
export interface SoakOptions {
  /**
   * Name of the channel in which the version must have stayed.
   *
   * @default 'latest'
   */
  readonly channelName?: string;
}

/** A condition that a version must meet before a channel moves to it. */
export abstract class Gate {
  /** The tests of the image passed on an instance of it. */
  public static imageTests(): Gate {
    return new ImageTests();
  }

  /** The version was the head of another channel for so long. */
  public static soak(duration: Duration, options: SoakOptions = {}): Gate {
    return new Soak(duration, options.channelName ?? 'latest');
  }

  /** Called when the channel is declared: those that are declared later are not known yet. Throws where the gate does not suit the image. */
  public abstract bind(image: IImage): GateConfig;
}

class ImageTests extends Gate {
  public bind(_image: IImage): GateConfig {
    return { kind: GateKind.IMAGE_TESTS };
  }
}

class Soak extends Gate {
  public constructor(private readonly duration: Duration, private readonly channelName: string) {
    super();
  }

  public bind(image: IImage): GateConfig {
    this.checkChannel(image);
    const seconds = this.duration.toSeconds({ integral: false });
    if (seconds <= 0 || !Number.isInteger(seconds)) {
      throw new InvalidInputError(image, {
        what: `the soak time '${this.duration.toHumanString()}' of a gate is not ${seconds <= 0 ? 'positive' : 'a whole number of seconds'}`,
        expected: 'one second or more',
        fix: 'give a longer duration or leave the gate out',
      });
    }
    return { kind: GateKind.SOAK, soakChannel: this.channelName, soakTime: this.duration };
  }

  /** Channels wait for earlier ones: so no two wait for each other. */
  private checkChannel(image: IImage): void {
    try {
      image.channel(this.channelName);
    } catch (error) {
      if (!InvalidInputError.is(error)) { throw error; }
      throw new InvalidInputError(image, {
        what: `a gate waits for the channel '${this.channelName}', which is not declared yet`,
        expected: error.problem.expected,
        fix: `declare it before, with addChannel('${this.channelName}'), or correct the name`,
      });
    }
  }
}
