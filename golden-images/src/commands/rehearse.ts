import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { command, type Surroundings } from './command';
import * as forms from './forms';
import { flag, many, single, UsageError, type ValuesOf } from './option';
import { Progress } from './progress';
import { worldOptions, worldProps } from './world-options';
import { WrongPowerShell } from '../components/scripts';
import { bootstrapOptions, UnreadableCdkJson } from '../rehearsal/bootstrap-options';
import { CdkCliMissing, resolveCdkCli } from '../rehearsal/cdk-cli';
import { LocalAws } from '../rehearsal/local-aws';
import { UnknownImage, type PlannedFault } from '../rehearsal/planned-fault';
import { Rehearsal } from '../rehearsal/rehearsal';
import { during } from '../rehearsal/signals';
import { MODEL, writeReport, type Report } from '../report/report';
import { summaryText } from '../report/text';

const DAYS = 14;

const options = {
  'app': single('COMMAND', forms.text, 'the command that synthesizes the app, such as "node app.js" (default: the app entry in cdk.json)'),
  'stack': many('NAME', forms.text, 'a stack to deploy (default: all of the app)'),
  'days': single('N', forms.wholeNumber(1, 3660), `how many days pass after the deploy (default: ${DAYS})`),
  'sick': many('IMAGE@DAY', forms.imageAtDay, 'on that day the image is built, and its instances never become healthy'),
  'fail': many('IMAGE@DAY', forms.imageAtDay, 'on that day the image is built, and the build fails'),
  'json': single('FILE', forms.text, 'write timeline and summary as JSON'),
  'html': single('FILE', forms.text, 'write them as one page'),
  'keep-going': flag('go on when something went wrong that was not asked for'),
  'no-lint': flag('deploy without checking the component documents of the app first'),
  'no-destroy': flag('leave out cdk destroy at the end'),
  'verbose': flag('show what the cdk command line prints'),
  ...worldOptions,
};

type Values = ValuesOf<typeof options>;

/** Deploys an app into a local AWS and lets days pass. */
export const rehearse = command({
  name: 'rehearse',
  summary: 'deploy an AWS CDK app into a local AWS and let days pass',
  description: [
    'Checks the component documents of the app and their scripts, as component lint does; what it finds fails the rehearsal.',
    'Runs cdk bootstrap, cdk deploy and, after the days, cdk destroy, with the aws-cdk that the current directory has installed.',
    'Exits with status 0 only when the deploy succeeded, an image was built and each fleet was committed on what its channel holds;',
    'with --sick: when each fleet ended on its last known good image and the sick one was run by no more than the canary.',
  ],
  options,
  async run(values, surroundings) {
    const faults = faultsOf(values);
    requireApp(values, surroundings.directory);
    try {
      return await during(await LocalAws.start(worldProps(values)), (local) => tell(local, faults, values, surroundings));
    } catch (error) {
      if (error instanceof UnknownImage || error instanceof WrongPowerShell) throw new UsageError(error.message);
      throw error;
    }
  },
});

async function tell(local: LocalAws, faults: PlannedFault[], values: Values, surroundings: Surroundings): Promise<number> {
  const progress = new Progress(surroundings);
  const cdk = local.cdk({
    directory: surroundings.directory,
    ...(values.app !== undefined ? { app: values.app } : {}),
    ...(values.verbose ? { onLine: (line: string) => surroundings.out(`    ${line}`) } : {}),
  });
  surroundings.out(MODEL);
  const rehearsal = new Rehearsal(local, cdk, {
    title: `Rehearsal of ${values.app ?? 'the app of cdk.json'}`,
    directory: surroundings.directory,
    stacks: values.stack,
    days: values.days ?? DAYS,
    faults,
    keepGoing: values['keep-going'],
    lint: !values['no-lint'],
    destroy: !values['no-destroy'],
  }, progress);
  const report = await rehearsal.run().finally(() => progress.end());
  surroundings.out(`\n${summaryText(report)}\n`);
  writeReport(report, files(values, surroundings.directory));
  return conclude(report, surroundings);
}

function conclude({ checks }: Report, { out }: Surroundings): number {
  const failed = checks.filter(({ holds }) => !holds);
  out(failed.length === 0 ? `All ${checks.length} promises held.` : `${failed.length} of ${checks.length} promises did not hold:`);
  failed.forEach(({ what, seen }) => out(`  ✘ ${what} (${seen})`));
  return failed.length === 0 ? 0 : 1;
}

function files({ json, html }: Values, directory: string): { json?: string; html?: string } {
  return {
    ...(json !== undefined ? { json: resolve(directory, json) } : {}),
    ...(html !== undefined ? { html: resolve(directory, html) } : {}),
  };
}

/** What can be told before anything is started. */
function requireApp({ app }: Values, directory: string): void {
  if (app === undefined && !existsSync(join(directory, 'cdk.json'))) throw new UsageError(`there is no cdk.json in ${directory}; say how to run the app: --app "node app.js"`);
  try {
    resolveCdkCli(directory);
    bootstrapOptions(directory);
  } catch (error) {
    if (error instanceof CdkCliMissing || error instanceof UnreadableCdkJson) throw new UsageError(error.message);
    throw error;
  }
}

function faultsOf({ sick, fail, days = DAYS }: Values): PlannedFault[] {
  const faults = [...sick.map((each) => ({ kind: 'sick' as const, ...each })), ...fail.map((each) => ({ kind: 'fail' as const, ...each }))];
  const late = faults.find(({ day }) => day > days);
  if (late) throw new UsageError(`--${late.kind} ${late.image}@${late.day}: the rehearsal has only ${days} days; give more with --days`);
  return faults;
}
