import { channelImage, days, deploy, fleetImage, fleetStatus, hours, minutes, names, type Context } from './context';
import { leftovers } from '../../../golden-images/src/report/leftovers';
import { ImageBuilderService } from '../../../golden-images/src/world/image-builder/image-builder';
import { SsmService } from '../../../golden-images/src/world/ssm/ssm';
import { qualifiedName } from '../../../src/contract';

const FLEET_SIZE = 6;
const PARENT = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
const deployArgs = ['deploy', names.stack, '--require-approval', 'never'];

/** Fresh account → running fleet on its first committed image. */
export async function firstDeployment(context: Context): Promise<void> {
  const { story, local, observer } = context;
  // From the first healthy one on, through the rollout of the first release too.
  observer.promise(FLEET_SIZE);
  const bootstrap = await deploy(context, 'bootstrap', `aws://${local.world.account}/${local.world.region}`);
  story.require('cdk bootstrap succeeds', bootstrap.ok, lastLine(bootstrap.output));
  const first = await deploy(context, ...deployArgs);
  story.require('the first deploy succeeds, without waiting for a build', first.ok, lastLine(first.output));
  const served = await local.until(() => observer.healthy() >= FLEET_SIZE, hours(1));
  story.check('six instances serve, still on the parent image', served, `${observer.healthy()} healthy`);
  await committed(context, 'the base is released, baseline and web role are built on it, and the fleet is rotated to it', days(2));
}

/** A week later Amazon has a new image, the base is built again on schedule, and all of it happens again. */
export async function nextWeek(context: Context): Promise<void> {
  await context.local.pass(days(3));
  context.local.world.get(SsmService).public.publish(PARENT);
  context.story.say('Amazon publishes a new Amazon Linux 2023');
  await committed(context, 'the new base reaches the fleet by itself', days(6));
}

/** A deploy changes the user data: no instance is touched by CloudFormation, the controller rolls it out. */
export async function configurationRelease(context: Context): Promise<void> {
  const before = launches(context);
  const image = fleetImage(context);
  const deployed = await deploy(context, ...deployArgs, '--context', 'motd=first');
  context.story.check('the deploy itself replaces no instance', deployed.ok && launches(context) === before, `${launches(context) - before} launched`);
  const done = await settled(context, before + FLEET_SIZE, hours(6));
  context.story.check('the controller rolls the new user data out, with the same image', done && fleetImage(context) === image, status(context));
}

/** Deploys and rollouts exclude each other. */
export async function refusedDeploy(context: Context): Promise<void> {
  const { local, story } = context;
  startBuild(context, names.web);
  const rolling = await local.until(() => fleetStatus(context)?.rollout !== undefined, days(2));
  story.require('a rollout is under way', rolling, status(context));
  const before = fleetStatus(context)?.rollout?.version;
  const refused = await deploy(context, ...deployArgs, '--context', 'motd=second');
  const reason = /Message returned: (.*rollout.*)/i.exec(refused.output)?.[1] ?? lastLine(refused.output);
  story.check('a deploy in the middle of it is refused, with the reason', !refused.ok && /rollout/i.test(refused.output), reason.slice(0, 160));
  const done = await local.until(() => fleetStatus(context)?.lastKnownGood?.version === before, hours(12));
  story.check('the rollout goes on and is committed', done, status(context));
  await local.until(() => fleetStatus(context)?.rollout === undefined, hours(1));
  const launched = launches(context);
  const again = await deploy(context, ...deployArgs, '--context', 'motd=second');
  story.check('the same deploy succeeds afterwards', again.ok, lastLine(again.output));
  story.check('and is rolled out', await settled(context, launched + FLEET_SIZE, hours(6)), status(context));
}

/** A build whose tests pass and whose instances are sick. */
export async function sickImage(context: Context): Promise<void> {
  const { local, story, observer } = context;
  const good = fleetImage(context);
  local.world.faults.sickBuilds.set(qualifiedName(names.namespace, names.web), 1);
  story.say('the next build of the web role makes sick instances (a fault of this rehearsal)');
  startBuild(context, names.web);
  const rolling = await local.until(() => fleetStatus(context)?.rollout !== undefined, days(2));
  const version = fleetStatus(context)?.rollout?.version;
  const started = local.world.now;
  const halted = rolling && await local.until(() => fleetStatus(context)?.blocked.some((each) => each.version === version) ?? false, hours(2));
  const took = (local.world.now - started) / minutes(1);
  story.check('the rollout halts within ten minutes, and the version is blocked', halted && took <= 10, `${took.toFixed(1)} minutes, ${version}`);
  await local.until(() => fleetStatus(context)?.rollout === undefined, hours(2));
  story.check('at most one instance ran it', observer.everSick().length === 1, `${observer.everSick().length}`);
  const serving = [...observer.running()].map(([ami, count]) => `${count} × ${ami}`).join(', ');
  story.check('the last known good image serves', fleetImage(context) === good && observer.running().get(good!) === FLEET_SIZE, serving);
}

/** The same app again: nothing regresses. */
export async function deployAgain(context: Context): Promise<void> {
  const before = { image: fleetImage(context), running: JSON.stringify([...context.observer.running()].sort()), launches: launches(context) };
  const again = await deploy(context, ...deployArgs, '--context', 'motd=second');
  await context.local.pass(hours(2));
  const same = before.image === fleetImage(context) && before.running === JSON.stringify([...context.observer.running()].sort())
    && before.launches === launches(context);
  context.story.check('deploying again changes nothing', again.ok && same, lastLine(again.output));
  const least = context.observer.minHealthy ?? 0;
  context.story.check(`never fewer than ${FLEET_SIZE} healthy targets`, least >= FLEET_SIZE, `at least ${least}`);
}

export async function destroy(context: Context): Promise<void> {
  context.observer.release();
  const destroyed = await deploy(context, 'destroy', names.stack, '--force');
  await context.local.pass(hours(1));
  context.story.check('cdk destroy succeeds', destroyed.ok, lastLine(destroyed.output));
  const left = await leftovers(context.local.world);
  left.forEach(({ type, name }) => context.story.say(`left over: ${type} ${name}`));
  context.story.check('nothing runs any more, and what is left is named', context.observer.running().size === 0, `${left.length} left over`);
}

async function committed(context: Context, what: string, limit: number): Promise<void> {
  const before = fleetStatus(context)?.lastKnownGood?.version;
  const done = await context.local.until(() => {
    const now = fleetStatus(context);
    return now?.rollout === undefined && now?.lastKnownGood?.version !== undefined && now.lastKnownGood.version !== before
      && fleetImage(context) === channelImage(context, names.web, 'production');
  }, limit);
  const running = context.observer.running();
  const canary = context.observer.canaries.at(-1);
  context.story.check('one canary went first', canary === 1, `${canary ?? 'none'} launched before the gate`);
  const all = done && running.get(fleetImage(context)!) === FLEET_SIZE && running.size === 1;
  context.story.check(what, all, status(context));
}

/** No rollout is active and so many instances were launched since the beginning. */
async function settled(context: Context, launched: number, limit: number): Promise<boolean> {
  return context.local.until(() => launches(context) >= launched && fleetStatus(context)?.rollout === undefined, limit);
}

const launches = ({ observer }: Context): number => observer.launched();

function startBuild({ local, story }: Context, image: string): void {
  const service = local.world.get(ImageBuilderService);
  const name = qualifiedName(names.namespace, image);
  const pipeline = service.pipelines.all().find((each) => each.name === name);
  if (!pipeline) throw new Error(`no pipeline ${name}; there are ${service.pipelines.all().map((each) => each.name).join(', ')}`);
  service.pipelines.execute(pipeline.arn, local.world.random.uuid());
  story.say(`an operator starts the pipeline of ${image}`);
}

function status(context: Context): string {
  const document = fleetStatus(context);
  return document ? `${document.phase}, last known good ${document.lastKnownGood?.version ?? 'none'}` : 'no status yet';
}

const lastLine = (output: string): string => output.trim().split('\n').filter((line) => line.trim()).at(-1)?.trim().slice(0, 120) ?? '';
