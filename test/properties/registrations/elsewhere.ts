import type { EC2Client } from '@aws-sdk/client-ec2';
import { ledgerKey, type CommandAnswer, type ImageIntent, type RegisterCommand, type RegistrationsDocument } from '../../../src/contract';
import { RegisteredImages } from '../../../src/runtime/aws/registered-images';
import { register } from '../../../src/runtime/controllers/register';
import type { Amis, Images, ProjectBuild, ProjectBuilds } from '../../../src/runtime/ports';
import { Invocation } from '../../runtime/support/faults';
import type { Installation } from '../../runtime/support/installation';
import { NAMESPACE, REGION } from '../../runtime/support/intents';

const BUILD_MINUTES = 20;
export const PIPELINE = 'arn:aws:iam::123456789012:user/pipeline';
/** Like the command line, who registers asks again while there is no answer. */
const ASKED = 6;

export type Ending = 'registers' | 'fails' | 'silent' | 'stopped-while-registering';

/** What is made outside of this library: AMIs, a project of AWS CodeBuild, and those who register. The code under test is real. */
export class Elsewhere {
  public readonly amis = new Map<string, { readonly region: string; readonly sourceAmi?: string }>();
  public readonly gone = new Set<string>();
  public readonly all: Array<ProjectBuild & { readonly token?: string }> = [];
  public readonly endings: Ending[] = [];
  /** What somebody was told; nothing of it may ever change. */
  public readonly answers: CommandAnswer[] = [];
  public readonly violations: string[] = [];
  private made = 0;

  public constructor(private readonly installation: Installation, private readonly parent: () => string | undefined) {
    installation.foreign = (intent, invocation) => this.images(intent, invocation);
  }

  /** AMIs of one build, one a region. */
  public make(regions: readonly string[], sourceAmi?: string): Record<string, string> {
    return Object.fromEntries(regions.map((region) => {
      const id = `ami-${(this.made += 1).toString(16).padStart(8, '0')}`;
      this.amis.set(id, { region, ...(sourceAmi ? { sourceAmi } : {}) });
      return [region, id];
    }));
  }

  public deregister(amis: Readonly<Record<string, string>>): void {
    Object.values(amis).forEach((id) => this.gone.add(id));
  }

  public document(image: string): RegistrationsDocument | undefined {
    return this.installation.ledger.document(ledgerKey.registrations(NAMESPACE, image));
  }

  /** Until there is an answer, or nobody asks any more. Refusals are answers. */
  public async ask(command: RegisterCommand): Promise<void> {
    for (let attempt = 0; attempt < ASKED; attempt += 1) {
      const answer = await this.invoke(command).catch((error: Error) => error);
      if (!(answer instanceof Error)) return void this.answers.push(answer);
      if (answer.name === 'RefusedRequest') return;
    }
  }

  private invoke(command: RegisterCommand): Promise<CommandAnswer> {
    const { installation } = this;
    const invocation = new Invocation(installation.faults);
    return register(NAMESPACE, command, command.build === undefined ? { via: 'url', caller: PIPELINE } : { via: 'build', image: command.image }, {
      amis: invocation.wrap(this.port()),
      builds: invocation.wrap(this.builds()),
      clock: { now: () => installation.now },
      ledger: invocation.wrap(installation.ledger),
      log: installation.log,
      queue: invocation.wrap({ lookAgain: async (message: unknown, seconds: number) => installation.send(message, seconds) }),
    });
  }

  private images(intent: ImageIntent, invocation: Invocation): Images {
    const ec2 = { send: async ({ input }: { input: { ImageIds: string[] } }) => this.describe(input.ImageIds[0]!) } as unknown as EC2Client;
    const ports = { ledger: invocation.wrap(this.installation.ledger), ec2: invocation.wrap(ec2), builds: invocation.wrap(this.builds()) };
    return new RegisteredImages(ledgerKey.registrations(NAMESPACE, intent.name), intent.registered!, REGION, ports);
  }

  private describe(id: string): object {
    const ami = this.amis.get(id);
    return { Images: ami && !this.gone.has(id) ? [{ State: 'available', ...(ami.sourceAmi ? { SourceImageId: ami.sourceAmi } : {}) }] : [] };
  }

  private port(): Amis {
    return {
      account: '123456789012',
      find: async (region, id) => (this.amis.get(id)?.region === region && !this.gone.has(id)
        ? { state: 'available', ownerId: '123456789012', isPublic: false, architecture: 'x86_64', platform: 'Linux' as const }
        : undefined),
      copy: () => Promise.reject(new Error('everything is ours')),
    };
  }

  private builds(): ProjectBuilds {
    return {
      find: async (arn) => this.all.find((build) => build.arn === arn),
      of: async (project) => this.all.filter(({ projectName }) => projectName === project).map((build) => ({ ...build })),
      start: async (project, token) => this.start(project, token),
    };
  }

  private start(projectName: string, token: string): string {
    const same = this.all.find((build) => build.token === token);
    if (same) return same.arn;
    if (this.all.some((build) => build.projectName === projectName && build.status === 'in-flight')) this.violations.push('a second build was started');
    const number = this.all.length + 1;
    const arn = `arn:aws:codebuild:${REGION}:123456789012:build/${projectName}:${number}`;
    this.all.push({ arn, projectName, number, status: 'in-flight', startedAt: this.installation.now, ours: true, token });
    const sourceAmi = this.parent();
    this.installation.after(BUILD_MINUTES, () => this.end(arn, sourceAmi));
    return arn;
  }

  private async end(arn: string, sourceAmi: string | undefined): Promise<void> {
    const how = this.endings.shift() ?? 'registers';
    const command: RegisterCommand = { command: 'register', image: 'packed', amis: this.make([REGION], sourceAmi), build: arn, tested: true };
    if (how === 'registers') await this.ask(command);
    if (how !== 'stopped-while-registering') return this.ended(arn, how === 'fails' ? 'failed' : 'succeeded');
    // It was seen as running, it is stopped, that is looked at, and only then is written what it registers.
    this.installation.faults.meanwhile(4, async () => {
      this.ended(arn, 'failed');
      await this.installation.deliver(JSON.stringify({ kind: 'image', name: 'packed' }));
    });
    await this.ask(command);
    this.ended(arn, 'failed');
  }

  private ended(arn: string, status: 'failed' | 'succeeded'): void {
    const index = this.all.findIndex((build) => build.arn === arn);
    if (this.all[index]!.status !== 'in-flight') return;
    this.all[index] = { ...this.all[index]!, status };
    this.installation.emit({ 'source': 'aws.codebuild', 'detail-type': 'CodeBuild Build State Change', 'detail': { 'project-name': this.all[index]!.projectName } });
  }
}
