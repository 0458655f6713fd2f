import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { command } from './command';
import * as forms from './forms';
import { flag, many, single, UsageError } from './option';
import type { RegisterCommand } from '../../../src/contract';
import { CommandFailure } from '../register/failure';
import { sendCommand } from '../register/operator';

/** Makes AMIs that were built elsewhere the next version of an image. */
export const register = command({
  name: 'register',
  summary: 'make an AMI that was built elsewhere the next version of an image',
  description: [
    'For Packer in any pipeline, or by hand: the image is a RegisteredImage of a deployed app. Registering the same AMIs again changes nothing.',
    'The request is signed with the AWS credentials of the environment, and the ledger records who they belong to: a role or user that was given',
    'RegisteredImage.grantRegister for the image. Where the stack has no function URL, an alias of the function is invoked that stands for the image,',
    'and the ledger says that the name of the caller is only claimed. Where AMIs of other accounts are copied first, it waits for the copies.',
    'Exits with status 0 when the AMIs are a version, 1 when they were refused or the stack could not be reached.',
  ],
  options: {
    image: single('NAME', forms.text, 'name of the image'),
    manifest: single('FILE', forms.text, 'manifest of a Packer run; the builds of its last run count'),
    ami: many('REGION=AMI', regionalAmi, 'an AMI, in place of a manifest'),
    tested: flag('the AMIs were tested: opens the gate of image tests; needs grantRegister with claimsTests: true'),
    stack: single('NAME', forms.text, 'name of the stack that declares the image'),
    namespace: single('NAME', forms.text, 'its namespace, in place of --stack'),
    url: single('URL', functionUrl, 'where it takes commands, in place of --stack'),
    function: single('ARN', functionArn, 'the function that takes commands, where it has no URL, in place of --stack'),
    region: single('REGION', forms.region, 'region of the stack (default: that of the environment)'),
  },
  async run({ image, manifest, ami, tested, stack, namespace, url, function: operator, region }, { directory, out, err }) {
    if (image === undefined) throw new UsageError('register needs --image NAME');
    if ((manifest === undefined) === (ami.length === 0)) throw new UsageError('register needs either --manifest FILE or --ami REGION=AMI');
    if ([stack, namespace, url, operator].filter((each) => each !== undefined).length !== 1) {
      throw new UsageError('register needs one of --stack NAME, --namespace NAME, --url URL and --function ARN');
    }
    const request: RegisterCommand = {
      command: 'register',
      image,
      ...(manifest === undefined ? { amis: byRegion(ami) } : { manifest: readManifest(resolve(directory, manifest)) }),
      ...(tested ? { tested } : {}),
    };
    try {
      const { version, amis, known } = await sendCommand(request, { stack, namespace, url, function: operator, region }, err);
      out(version);
      err(`${image} ${version}${known ? ', as before' : ''}: ${Object.entries(amis).map((pair) => pair.join(' ')).join(', ')}`);
      return 0;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      err(`golden-images: ${image} was not registered: ${error.message}`);
      return 1;
    }
  },
});

function regionalAmi(text: string): readonly [string, string] {
  const [, region, id] = /^([a-z]{2}(?:-[a-z]+)+-\d)=(ami-(?:[0-9a-f]{8}|[0-9a-f]{17}))$/.exec(text) ?? [];
  if (region === undefined || id === undefined) throw new UsageError('REGION=AMI, such as eu-central-1=ami-0123456789abcdef0');
  return [region, id];
}

function functionUrl(text: string): string {
  if (!/^https?:\/\/[^/]+/.test(text) || !URL.canParse(text)) throw new UsageError('the address of a function URL');
  return text;
}

/** Without an alias: which one follows from the image. */
function functionArn(text: string): string {
  if (!/^arn:[^:]+:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+$/.test(text)) throw new UsageError('the ARN of a function, without a version or alias');
  return text;
}

function byRegion(pairs: ReadonlyArray<readonly [string, string]>): Record<string, string> {
  const twice = pairs.find(([region], index) => pairs.findIndex(([other]) => other === region) < index);
  if (twice) throw new UsageError(`--ami is given twice for ${twice[0]}`);
  return Object.fromEntries(pairs);
}

function readManifest(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`--manifest ${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  try {
    return lastRun(JSON.parse(text));
  } catch (error) {
    throw new UsageError(`--manifest ${path} is no JSON: ${(error as Error).message}`);
  }
}

/** Packer appends to the file, for years: of what is sent, only the last run counts. */
function lastRun(manifest: unknown): unknown {
  const { builds, last_run_uuid: run } = (manifest ?? {}) as { builds?: unknown; last_run_uuid?: unknown };
  if (!Array.isArray(builds)) return manifest;
  return { builds: builds.filter((build: { packer_run_uuid?: unknown } | null) => build?.packer_run_uuid === run), last_run_uuid: run };
}
