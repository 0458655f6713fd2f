import { S3Client, CreateBucketCommand, PutObjectCommand, GetObjectCommand, ListObjectsV2Command, HeadObjectCommand, GetBucketLocationCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { STSClient, GetCallerIdentityCommand, AssumeRoleCommand } from '@aws-sdk/client-sts';
import { createServer, inProcessHandler } from '../../../golden-images/src/wire';
import { IamService } from '../../../golden-images/src/world/iam';
import { World } from '../../../golden-images/src/world/kernel';
import { S3Service } from '../../../golden-images/src/world/s3';
import { StsService } from '../../../golden-images/src/world/sts';

jest.mock('../../../golden-images/src/world', () => ({ allServices: [] }));
const services = [IamService, S3Service, StsService];
const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };

test('smoke', async () => {
  const world = new World();
  const server = await createServer(world, { services });
  try {
    for (const over of [{ endpoint: server.url }, { requestHandler: inProcessHandler(world, services) }]) {
      const config = { region: 'eu-central-1', credentials, forcePathStyle: true, maxAttempts: 1, ...over };
      const s3 = new S3Client(config);
      const Bucket = 'endpoint' in over ? 'one-bucket' : 'two-bucket';
      await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } }));
      console.log(await s3.send(new PutObjectCommand({ Bucket, Key: 'a/b c.txt', Body: 'hello', Metadata: { One: 'two' } })));
      const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a/b c.txt' }));
      expect(await got.Body!.transformToString()).toBe('hello');
      console.log(await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/b c.txt' })));
      console.log(await s3.send(new ListObjectsV2Command({ Bucket })), await s3.send(new GetBucketLocationCommand({ Bucket })));
      console.log(await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a/b c.txt' }] } })));
      await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
      const sts = new STSClient(config);
      console.log(await sts.send(new GetCallerIdentityCommand({})));
      await expect(sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/x', RoleSessionName: 'session' }))).rejects.toMatchObject({ name: 'AccessDenied' });
      await expect(sts.send(new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::123456789012:role/x' } as never))).rejects.toMatchObject({ name: 'ValidationError' });
    }
  } finally {
    await server.close();
  }
});
