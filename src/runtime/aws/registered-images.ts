import type { EC2Client } from '@aws-sdk/client-ec2';
import { describeAmi } from './amis';
import type { Registration, RegistrationsDocument, RegisteredIntent } from '../../contract';
import type { BuildDetails, SeenBuild } from '../domain/image';
import { RefusedError, type Images, type Ledger, type ProjectBuild, type ProjectBuilds } from '../ports';

/**
 * An image whose versions are registered, in the shape of one that a pipeline builds: each registration is a finished build. Where a project
 * of AWS CodeBuild builds it, a build that runs, failed or registered nothing is one too, and a needed build is one of the project.
 */
export class RegisteredImages implements Images {
  public constructor(
    /** Key of the ledger. */
    private readonly key: string,
    private readonly intent: RegisteredIntent,
    private readonly region: string,
    private readonly ports: { readonly ledger: Ledger; readonly ec2: EC2Client; readonly builds: ProjectBuilds },
  ) {}

  /** The project is looked at first: a build that registers meanwhile is then seen as running, not as one that registered nothing. */
  public async builds(): Promise<SeenBuild[] | undefined> {
    const { projectName } = this.intent;
    const builds = projectName === undefined ? [] : await this.ports.builds.of(projectName);
    const registrations = await this.registrations();
    const registered = new Set(registrations.map(({ build }) => build));
    const ours = new Set((builds ?? []).filter(({ ours: mine }) => mine).map(({ arn }) => arn));
    return builds && [
      ...registrations.map((each) => available(each, ours)),
      ...builds.filter(({ arn }) => !registered.has(arn)).map(withoutVersion),
    ];
  }

  public async details(arn: string): Promise<BuildDetails> {
    const registration = (await this.registrations()).find((each) => arnOf(each) === arn);
    const id = registration?.amis[this.region];
    const image = id ? await describeAmi(this.ports.ec2, id) : undefined;
    return {
      recipeArn: '',
      // What a build of ours made is of the definition that it was started for; what was made elsewhere is of none.
      ...(registration && !registration.build ? { contentHash: registration.contentHash } : {}),
      tested: registration?.tested ?? false,
      amis: registration?.amis ?? {},
      ...(id && image?.State === 'available' ? { ami: { id, ...(image.SourceImageId ? { sourceAmi: image.SourceImageId } : {}) } } : {}),
    };
  }

  public async start(_pipelineArn: string, token: string): Promise<string> {
    const { projectName } = this.intent;
    if (projectName === undefined) throw new RefusedError('nothing here builds an image whose versions are registered');
    return this.ports.builds.start(projectName, token);
  }

  private async registrations(): Promise<readonly Registration[]> {
    return (await this.ports.ledger.read<RegistrationsDocument>(this.key)).document?.registrations ?? [];
  }
}

const arnOf = ({ build, version }: Registration): string => build ?? `registration/${version}`;

const available = (registration: Registration, ours: ReadonlySet<string>): SeenBuild => ({
  arn: arnOf(registration),
  version: registration.version,
  status: 'available',
  createdAt: Date.parse(registration.registeredAt),
  scheduled: !registration.build || !ours.has(registration.build),
});

/** Such a build has no number among the versions of the image; it is named after its number in the project. */
const withoutVersion = ({ arn, number, status, reason, startedAt, ours }: ProjectBuild): SeenBuild => ({
  arn,
  version: `0.0.${number}/1`,
  status: status === 'in-flight' ? 'in-flight' : 'failed',
  createdAt: startedAt,
  scheduled: !ours,
  ...(status === 'in-flight' ? {} : { reason: reason ?? 'it registered no AMI' }),
  ...(status === 'succeeded' ? { unregistered: true } : {}),
});
