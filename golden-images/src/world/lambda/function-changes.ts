import { AwsError, type World } from '../kernel';
import { S3Service } from '../s3';
import { sha256 } from './code';
import { checkConfiguration, invalid, type Configuration, type LambdaFunction, type Version } from './function';
import type { LambdaService } from './lambda';

export function createFunction(world: World, lambda: LambdaService, input: Configuration): LambdaFunction {
  const name: string = input.FunctionName;
  if (!/^[\w-]{1,64}$/.test(name ?? '')) throw invalid(`Value '${name}' at 'functionName' failed to satisfy constraint`);
  if (lambda.functions.has(name)) throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409, { Type: 'User' });
  checkConfiguration(input);
  const made: LambdaFunction = {
    name,
    arn: lambda.arnOf(name),
    latest: latest(world, lambda, name, input, unpacked(world, lambda, input.Code ?? {})),
    published: new Map(),
    aliases: new Map(),
    lastPublished: 0,
    permissions: new Map(),
    urls: new Map(),
    eventInvoke: { maximumRetryAttempts: 2, maximumEventAgeSeconds: 21600 },
  };
  lambda.functions.set(name, made);
  return made;
}

/** Replaces the members given; new code when `Code` is among them. */
export function updateFunction(world: World, lambda: LambdaService, target: LambdaFunction, input: Configuration): void {
  const { folder, codeSha256, codeSize } = target.latest;
  const { Code: code, ...rest } = input;
  const configuration = { ...target.latest.configuration, ...rest };
  checkConfiguration(configuration);
  const bundle = code ? unpacked(world, lambda, code) : { folder, codeSha256, codeSize };
  target.latest = latest(world, lambda, target.name, configuration, bundle);
}

/** Publishes `$LATEST` as the next version; unchanged since the last one, that one is given back. */
export function publish(target: LambdaFunction, description?: string): Version {
  const last = target.published.get(String(target.lastPublished));
  if (last && target.publishedFrom === target.latest) return last;
  target.lastPublished += 1;
  target.publishedFrom = target.latest;
  const version = String(target.lastPublished);
  const configuration = description === undefined ? target.latest.configuration : { ...target.latest.configuration, Description: description };
  const published = { ...target.latest, version, configuration, arn: `${target.arn}:${version}` };
  target.published.set(version, published);
  return published;
}

type Bundle = Pick<Version, 'folder' | 'codeSha256' | 'codeSize'>;

function latest(world: World, lambda: LambdaService, functionName: string, configuration: Configuration, bundle: Bundle): Version {
  return { functionName, version: '$LATEST', arn: `${lambda.arnOf(functionName)}:$LATEST`, configuration, ...bundle, modifiedAt: world.now };
}

function unpacked(world: World, lambda: LambdaService, code: Configuration): Bundle {
  if (typeof code.ZipFile === 'string') return { folder: lambda.code.inline(code.ZipFile), codeSha256: sha256(code.ZipFile), codeSize: code.ZipFile.length };
  const zip: Uint8Array | undefined = code.ZipFile ?? world.get(S3Service).object(code.S3Bucket, code.S3Key);
  if (!zip) throw invalid('Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.');
  return { folder: lambda.code.unpack(zip), codeSha256: sha256(zip), codeSize: zip.length };
}
