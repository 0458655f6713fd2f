import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ImagebuilderClient } from '@aws-sdk/client-imagebuilder';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { inProcessHandler } from '../../../golden-images/src/wire';
import { World } from '../../../golden-images/src/world';

/** Real SDK clients of the local AWS, without sockets. */
export function connect(world = new World()) {
  const settings = {
    requestHandler: inProcessHandler(world) as never, region: world.region, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, maxAttempts: 1,
  };
  return {
    world,
    clock: { now: () => world.now },
    cloudFormation: new CloudFormationClient(settings),
    dynamoDb: new DynamoDBClient(settings),
    ec2: new EC2Client(settings),
    imageBuilder: new ImagebuilderClient(settings),
    sqs: new SQSClient(settings),
    ssm: new SSMClient(settings),
  };
}

export const TABLE = 'ledger';

export async function createTable(client: DynamoDBClient): Promise<void> {
  await client.send(new CreateTableCommand({
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
  }));
}
