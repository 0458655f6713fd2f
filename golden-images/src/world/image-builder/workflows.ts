import { AwsError, NotModelled, type World } from '../kernel';
import type { Workflow, WorkflowType } from './model';
import { alreadyExists, arnName, inUse, notFound, requireKnown, requirePattern, versionPattern } from './validation';
import { workflowSteps } from './workflow-document';

const members = ['name', 'semanticVersion', 'description', 'changeDescription', 'data', 'kmsKeyId', 'tags', 'type', 'clientToken'];

/** Inline data has at most 16,000 bytes. Source: Image Builder user guide, "Workflow resource constraints". */
const MAXIMUM_DATA = 16_000;

/** What Amazon's workflows for AMIs do that can be told apart here. Source: Image Builder user guide, "Use managed workflows for your images". */
const MANAGED: Readonly<Record<string, readonly [type: WorkflowType, ...actions: string[]]>> = {
  'build-image': ['BUILD', 'LaunchInstance', 'ExecuteComponents', 'CollectImageMetadata', 'SanitizeInstance', 'RunSysPrep', 'CreateImage', 'TerminateInstance'],
  'express-build-image': ['BUILD', 'LaunchInstance', 'ExecuteComponents', 'SanitizeInstance', 'RunSysPrep', 'CreateImage', 'TerminateInstance'],
  'test-image': ['TEST', 'LaunchInstance', 'CollectImageScanFindings', 'ExecuteComponents', 'TerminateInstance'],
  'express-test-image': ['TEST', 'LaunchInstance', 'ExecuteComponents', 'TerminateInstance'],
};

/** Workflows: as with components, the service counts the builds of a version. */
export class Workflows {
  private readonly byArn = new Map<string, Workflow>();

  public constructor(private readonly world: World, private readonly usedBy: (arn: string) => string | undefined) {}

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public create(input: any): Workflow {
    requireKnown('CreateWorkflow', input, members);
    requirePattern('name', input.name, 'name');
    requirePattern('semanticVersion', input.semanticVersion, 'componentVersion');
    const type = typeOf(input.type);
    const data = dataOf(input.data);
    const actions = workflowSteps(data, type).map(({ action }) => action);
    const { name, semanticVersion: version, description, changeDescription, tags = {} } = input;
    const latest = this.all().filter((each) => arnName(each.name) === arnName(name) && each.version === version && each.type === type).at(-1);
    // Source: CloudFormation template reference, AWS::ImageBuilder::Workflow. Its configuration is the document (assumption: workflow-identity).
    if (latest?.data === data) throw alreadyExists('Workflow', latest.arn);
    const build = latest ? Number(latest.arn.split('/').pop()) + 1 : 1;
    const arn = this.world.arn('imagebuilder', `workflow/${type.toLowerCase()}/${arnName(name)}/${version}/${build}`);
    const workflow: Workflow = { arn, name, version, type, data, actions, description, changeDescription, dateCreated: this.world.now, tags };
    this.byArn.set(arn, workflow);
    return workflow;
  }

  /** Of a workflow only its tags can be changed. */
  public update(arn: string, { tags = {} }: { readonly tags?: Record<string, string> }): void {
    this.byArn.set(arn, { ...this.find(arn), tags });
  }

  /** A workflow by build version ARN, by version ARN (newest build), or managed by Amazon. */
  public find(arn: string): Workflow {
    const found = /^arn:aws:imagebuilder:[^:]+:aws:workflow\//.test(arn) ? managed(arn) : this.byArn.get(arn) ?? this.newest(arn);
    if (!found) throw notFound(arn);
    return found;
  }

  public remove(arn: string): void {
    this.find(arn);
    const user = this.usedBy(arn);
    if (user) throw inUse(arn, user);
    this.byArn.delete(arn);
  }

  public all(): Workflow[] {
    return [...this.byArn.values()];
  }

  private newest(arn: string): Workflow | undefined {
    const [, type, name, version] = /workflow\/(build|test|distribution)\/([^/]+)\/([0-9x.]+)$/.exec(arn) ?? [];
    if (!version) return undefined;
    const wanted = versionPattern(version);
    return this.all().filter((each) => each.type === type!.toUpperCase() && arnName(each.name) === name && wanted.test(each.version)).at(-1);
  }
}

/** Their documents are not modelled, and neither are their numbers. */
function managed(arn: string): Workflow | undefined {
  const [, kind, name] = /workflow\/(build|test|distribution)\/([a-z0-9-]+)\/x\.x\.x$/.exec(arn) ?? [];
  if (!name) return undefined;
  const [type, ...actions] = MANAGED[name] ?? [];
  if (!type) throw new NotModelled(`imagebuilder: the workflow ${name} of Amazon`);
  return type.toLowerCase() === kind ? { arn, name, version: 'x.x.x', type, data: '', actions, dateCreated: 0, tags: {} } : undefined;
}

function typeOf(type: string): WorkflowType {
  if (type === 'BUILD' || type === 'TEST' || type === 'DISTRIBUTION') return type;
  throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'type' is not valid: ${type}`);
}

function dataOf(data: string | undefined): string {
  if (!data) throw new AwsError('InvalidParameterValueException', 'The value supplied for parameter \'data\' is not valid. It is required');
  const size = Buffer.byteLength(data);
  if (size > MAXIMUM_DATA) throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'data' is not valid. It has ${size} bytes, the maximum is ${MAXIMUM_DATA}`);
  return data;
}
