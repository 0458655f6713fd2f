import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';
import { Observer } from '../../../golden-images/src/rehearsal/observer';
import { summarise } from '../../../golden-images/src/report/summary';
import * as chapters from './chapters';
import type { Context } from './context';
import { Story, StoryEnded } from './story';

const road: Array<[title: string, tell: (context: Context) => Promise<void>]> = [
  ['First deployment', chapters.firstDeployment],
  ['A week later', chapters.nextWeek],
  ['A deploy changes the user data', chapters.configurationRelease],
  ['A deploy in the middle of a rollout', chapters.refusedDeploy],
  ['A build whose instances are sick', chapters.sickImage],
  ['Deploy again', chapters.deployAgain],
  ['Destroy', chapters.destroy],
];

/** Tells the whole story; 0 when every promise held. `--json FILE` writes timeline and summary. */
export async function main(args: string[]): Promise<number> {
  const file = jsonFile(args);
  const local = await LocalAws.start({ seed: 1, start: Date.UTC(2026, 0, 6, 9) });
  const stop = (): void => { void local.close().finally(() => process.exit(130)); };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const story = new Story(local, console.log);
  const directory = resolve('examples/web-fleet');
  const cdk = local.cdk({ directory, app: `${process.execPath} ${resolve('.tmp/demo/app.cjs')}`, ...(process.env.DEMO_VERBOSE ? { onLine: (line: string) => console.log(`    ${line}`) } : {}) });
  const context: Context = { local, cdk, story, observer: new Observer(local) };
  console.log('A rehearsal in the local AWS, on virtual time. It is a model: IAM, logs and notifications are recorded, not enforced.');
  try {
    await tellAll(context);
    const { minHealthy } = context.observer;
    const summary = await summarise(local.world, minHealthy === undefined ? {} : { minHealthyObserved: minHealthy });
    if (file) writeFileSync(file, JSON.stringify({ model: true, checks: story.checks, timeline: story.narrator.lines, ...summary }, null, 2));
  } finally {
    await local.close();
  }
  const failed = story.failed;
  console.log(failed.length ? `\n${failed.length} of ${story.checks.length} promises did not hold.` : `\nAll ${story.checks.length} promises held.`);
  return failed.length ? 1 : 0;
}

async function tellAll(context: Context): Promise<void> {
  try {
    for (const [title, tell] of road) {
      context.story.chapter(title);
      await tell(context);
    }
  } catch (error) {
    if (!(error instanceof StoryEnded)) throw error;
  }
}

function jsonFile(args: string[]): string | undefined {
  const at = args.indexOf('--json');
  const unknown = args.filter((arg, index) => arg !== '--json' && !(at >= 0 && index === at + 1));
  if (unknown.length) throw new Error(`unknown argument ${unknown[0]}; known: --json FILE`);
  if (at >= 0 && !args[at + 1]) throw new Error('--json needs a file');
  return at >= 0 ? args[at + 1] : undefined;
}
