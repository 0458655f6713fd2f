import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as chapters from './chapters';
import type { Context } from './context';
import { Story, StoryEnded } from './story';
import { LocalAws } from '../../../golden-images/src/rehearsal/local-aws';
import { Observer } from '../../../golden-images/src/rehearsal/observer';
import { closeOnSignal } from '../../../golden-images/src/rehearsal/signals';
import { chartOf } from '../../../golden-images/src/report/chart';
import { History } from '../../../golden-images/src/report/history';
import { readLedgers } from '../../../golden-images/src/report/ledger';
import { MODEL, writeReport } from '../../../golden-images/src/report/report';
import { summarise } from '../../../golden-images/src/report/summary';

const road: Array<[title: string, tell: (context: Context) => Promise<void>]> = [
  ['First deployment', chapters.firstDeployment],
  ['A week later', chapters.nextWeek],
  ['A deploy changes the user data', chapters.configurationRelease],
  ['A deploy in the middle of a rollout', chapters.refusedDeploy],
  ['A build whose instances are sick', chapters.sickImage],
  ['Deploy again', chapters.deployAgain],
  ['Destroy', chapters.destroy],
];

/** Tells the whole story; 0 when every promise held. `--json FILE` and `--html FILE` write timeline and summary. */
export async function main(args: string[]): Promise<number> {
  const { values: files } = parseArgs({ args, options: { json: { type: 'string' }, html: { type: 'string' } } });
  const local = await LocalAws.start({ seed: 1, start: Date.UTC(2026, 0, 6, 9) });
  let interrupted = false;
  // What fails because of the interruption is no news.
  const story = new Story(local, (text) => { if (!interrupted) console.log(text); });
  closeOnSignal(() => {
    interrupted = true;
    return local.close();
  });
  const directory = resolve('examples/web-fleet');
  const cdk = local.cdk({ directory, app: `${process.execPath} ${resolve('.tmp/demo/app.cjs')}`, ...(process.env.DEMO_VERBOSE ? { onLine: (line: string) => console.log(`    ${line}`) } : {}) });
  const history = new History(local.world);
  const context: Context = { local, cdk, story, observer: new Observer(local) };
  console.log(MODEL);
  try {
    await tellAll(context);
    const { minHealthy } = context.observer;
    const summary = await summarise(local.world, minHealthy === undefined ? {} : { minHealthyObserved: minHealthy });
    const chart = chartOf(history, await readLedgers(local.world));
    writeReport({ model: true, title: 'The demonstration: examples/web-fleet', checks: story.checks, timeline: story.narrator.lines, ...summary, chart }, files);
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
