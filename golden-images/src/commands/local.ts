import { command, type Surroundings } from './command';
import * as forms from './forms';
import { single, UsageError } from './option';
import { worldOptions, worldProps } from './world-options';
import { Clock } from '../rehearsal/clock';
import { LocalAws } from '../rehearsal/local-aws';
import { closeOnSignal } from '../rehearsal/signals';
import { TIME_PATH } from '../rehearsal/time-path';

/** How an hour passes. */
const lettingPass = (url: string): string =>
  `curl -X POST -H "Authorization: Bearer $AWS_SECRET_ACCESS_KEY" '${url}${TIME_PATH}?pass=PT1H'`;

/** Serves a local AWS until it is interrupted. */
export const local = command({
  name: 'local',
  summary: 'serve a local AWS on 127.0.0.1',
  description: [
    'Any AWS client may use it: the cdk command line, the AWS command line, any SDK. Everything is in memory and ends with the command.',
    `Virtual time passes while stack operations run, by --speed, and on demand: ${lettingPass('http://localhost:PORT')}`,
  ],
  options: {
    port: single('N', forms.wholeNumber(0, 65535), 'port to serve on (default: any free one)'),
    speed: single('N', forms.speed, 'virtual seconds per real second; 0 lets none pass (default: 1)'),
    ...worldOptions,
  },
  async run(values, surroundings) {
    const aws = await start({ ...worldProps(values), ...(values.port !== undefined ? { port: values.port } : {}) });
    const clock = new Clock(aws, values.speed ?? 1, (error) => surroundings.err(`the local AWS failed: ${String(error)}`));
    introduce(aws, values.speed ?? 1, surroundings);
    return new Promise<number>((done) => {
      const withdraw = closeOnSignal(async () => {
        clock.stop();
        await aws.close();
      }, (code) => {
        withdraw();
        done(code);
      });
    });
  },
});

async function start(props: Parameters<typeof LocalAws.start>[0] & object): Promise<LocalAws> {
  try {
    return await LocalAws.start(props);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new UsageError(`port ${props.port} is in use; give another one with --port, or none for any free one`);
    if ((error as NodeJS.ErrnoException).code === 'EACCES') throw new UsageError(`port ${props.port} may not be used by this user; give one above 1023 with --port`);
    throw error;
  }
}

function introduce(aws: LocalAws, speed: number, { out }: Surroundings): void {
  out([
    `A local AWS serves on ${aws.url} (127.0.0.1 only); it is ${new Date(aws.world.now).toISOString()} there.`,
    'It is a model of AWS, not AWS: what it does not know it refuses by name.',
    'The secret is of this start; without it nobody is answered, no web page either.',
    'Recorded, not enforced: what roles and functions may, logs, SNS subscriptions, repositories of ECR, scaling policies.',
    '',
    `export AWS_ENDPOINT_URL=${aws.url}`,
    `export AWS_ACCESS_KEY_ID=${aws.credentials.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${aws.credentials.secretAccessKey}`,
    `export AWS_REGION=${aws.world.region}`,
    '',
    `Virtual time: ${speed} s per second, faster while stack operations run; an hour passes with`,
    lettingPass(aws.url),
    'Ctrl-C ends it; nothing is kept.',
  ].join('\n'));
}
