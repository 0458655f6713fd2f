import { isDeepStrictEqual } from 'node:util';
import { comparable, Generator } from './generate';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { clientPackages } from '../../../golden-images/src/wire/clients';
import { ServiceModel, type OperationModel } from '../../../golden-images/src/wire/model/service-model';
import { Random, Service, World, type Operation } from '../../../golden-images/src/world/kernel';

jest.mock('../../../golden-images/src/world', () => ({ allServices: [] }));
// Values are made by their types alone.
jest.mock('../../../golden-images/src/world/kernel/constraints/constraints.json', () => ({ services: {} }));

interface AnyClient {
  send(command: object): Promise<Record<string, unknown>>;
}
type Exported = Record<string, new (input: object) => object>;

/** Operations where what the client sends is not what it was given, or where it does more than decode. */
const OWN_WILL: Readonly<Record<string, string>> = {
  'ec2:CopySnapshot': 'the client adds a presigned URL',
  'lambda:InvokeWithResponseStream': 'event streams are not modelled',
  'lambda:SendDurableExecutionCallbackFailure': 'the client sends {} for a payload that is absent',
  'lambda:StopDurableExecution': 'the client sends {} for a payload that is absent',
  's3:CompleteMultipartUpload': 'an empty body stands for a failure',
  's3:CopyObject': 'an empty body stands for a failure',
  's3:GetObject': 'the client verifies checksums',
  's3:GetObjectAnnotation': 'the client verifies checksums',
  's3:HeadObject': 'the client invents a content type',
  's3:ListDirectoryBuckets': 'signed for another service (s3express)',
  's3:PutObject': 'the client adds checksums and a content type',
  's3:SelectObjectContent': 'event streams are not modelled',
  's3:UploadPart': 'the client adds checksums',
  's3:UploadPartCopy': 'an empty body stands for a failure',
  's3:WriteGetObjectResponse': 'sent to a host of its own',
  'sqs:ReceiveMessage': 'the client verifies MD5 sums',
  'sqs:SendMessage': 'the client verifies MD5 sums',
  'sqs:SendMessageBatch': 'the client verifies MD5 sums',
  'sts:AssumeRoleWithSAML': 'not signed',
  'sts:AssumeRoleWithWebIdentity': 'not signed',
};

/** A service that takes any call, remembers its input and answers with what it was told. */
function echoService(signingName: string): { type: new (world: World) => Service; seen: unknown[]; answer: { output: object } } {
  const seen: unknown[] = [];
  const answer = { output: {} };
  const operation: Operation = (input) => {
    seen.push(input);
    return answer.output;
  };
  class Echo extends Service {
    public override readonly signingName = signingName;
    public override readonly operations = new Proxy<Record<string, Operation>>({}, { get: () => operation });
  }
  return { type: Echo, seen, answer };
}

function clientOf(exported: Exported, world: World, type: new (world: World) => Service): AnyClient {
  const name = Object.keys(exported).find((each) => each.endsWith('Client') && !each.startsWith('__'))!;
  const Client = exported[name] as unknown as new (config: object) => AnyClient;
  return new Client({
    region: world.region,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
    endpoint: 'http://localhost',
    forcePathStyle: true,
    disableHostPrefix: true,
    requestHandler: inProcessHandler(world, [type]),
  });
}

/** The bytes of streams, so that they can be compared. */
async function collected(output: Record<string, unknown>): Promise<Record<string, unknown>> {
  const entries = Object.entries(output).map(async ([name, value]) => {
    const stream = value as { transformToByteArray?: () => Promise<Uint8Array> } | undefined;
    const bytes = await stream?.transformToByteArray?.();
    return [name, bytes === undefined ? value : bytes.byteLength > 0 ? bytes : undefined] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function difference(what: string, expected: unknown, actual: unknown): string[] {
  const [a, b] = [comparable(expected), comparable(actual)];
  return isDeepStrictEqual(a, b) ? [] : [`${what}: expected ${JSON.stringify(a)}, got ${JSON.stringify(b)}`];
}

describe.each(Object.keys(clientPackages).filter((name) => name !== 'dynamodb'))('a client of %s', (signingName) => {
  test('has every operation decoded and its output encoded as it was meant', async () => {
    const exported = await clientPackages[signingName]!.load() as Exported;
    const model = (await ServiceModel.of(signingName))!;
    const world = new World();
    const { type, seen, answer } = echoService(signingName);
    const client = clientOf(exported, world, type);
    const generator = new Generator(new Random(process.env.SOAK ? Date.now() : 7));
    const commands = Object.keys(exported).filter((name) => name.endsWith('Command') && model.operation(name.slice(0, -'Command'.length)));
    const differences: string[] = [];
    for (const command of commands) {
      const operation: OperationModel = model.operation(command.slice(0, -'Command'.length))!;
      if (OWN_WILL[`${signingName}:${operation.name}`]) continue;
      const input = generator.structure(operation.input);
      answer.output = generator.structure(operation.output);
      const output = await client.send(new exported[command]!(input)).catch((error: unknown) => ({ failure: String(error) }));
      differences.push(
        ...difference(`${operation.name} input`, input, seen.pop()), ...difference(`${operation.name} output`, answer.output, await collected(output)),
      );
    }
    expect(commands.length).toBeGreaterThan(5);
    expect(differences).toEqual([]);
  });
});
