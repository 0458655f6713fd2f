import { AwsError, closed, NotModelled, page, Service, type Operation, type ResourceType, type World } from '../kernel';
import { ImageValidation } from './image-validation';
import { isLabel, MAXIMUM_VERSIONS, selectVersion, splitSelector, type ParameterVersion, type StoredParameter } from './parameter';
import { PublicParameters } from './public-parameters';
import { parameterResource } from './resource-type';
import { validatePut, type PutInput } from './validation';

/** Systems Manager Parameter Store. */
export class SsmService extends Service {
  public readonly signingName = 'ssm';
  public readonly public: PublicParameters;
  public readonly imageValidation: ImageValidation;
  private readonly parameters = new Map<string, StoredParameter>();

  public override readonly resourceTypes: Readonly<Record<string, ResourceType>>;

  public readonly operations: Readonly<Record<string, Operation>> = closed('ssm', {
    GetParameter: (input) => ({ Parameter: this.describeValue(input.Name) }),
    GetParameters: (input) => this.getMany(input.Names),
    GetParametersByPath: (input) => this.getByPath(input),
    GetParameterHistory: (input) => this.historyOf(input),
    PutParameter: (input) => {
      if (input.Overwrite && input.Tags?.length) {
        throw new AwsError('ValidationException', 'Invalid request: tags and overwrite can\'t be used together. To update tags for an existing parameter, use AddTagsToResource.');
      }
      return this.put(input);
    },
    DeleteParameter: (input) => this.remove(input.Name),
    DeleteParameters: (input) => this.removeMany(input.Names),
    DescribeParameters: (input) => this.describe(input),
    LabelParameterVersion: (input) => this.label(input),
    AddTagsToResource: (input) => this.addTags(input),
    ListTagsForResource: (input) => ({ TagList: [...this.tagged(input).tags].map(([Key, Value]) => ({ Key, Value })) }),
    RemoveTagsFromResource: (input) => input.TagKeys.forEach((key: string) => this.tagged(input).tags.delete(key)),
  }, {
    DescribeParameters: ['ParameterFilters', 'MaxResults', 'NextToken'],
    GetParameterHistory: ['Name', 'WithDecryption', 'MaxResults', 'NextToken'],
  });

  public constructor(world: World) {
    super(world);
    this.public = new PublicParameters(world);
    this.imageValidation = new ImageValidation(world);
    this.resourceTypes = { 'AWS::SSM::Parameter': parameterResource(this, world.timeline) };
  }

  /** The value behind `name`, `name:version` or `name:label`; undefined when there is none. */
  public value(reference: string): string | undefined {
    const { name, selector } = splitSelector(reference.replace(/^arn:[^/]*:parameter/, ''));
    if (name.startsWith('/aws/service/')) return this.public.get(name)?.value;
    const parameter = this.parameters.get(name);
    return parameter && selectVersion(parameter, selector)?.value;
  }

  /** Names of the account's own parameters. */
  public names(): string[] {
    return [...this.parameters.keys()].sort();
  }

  public find(name: string): StoredParameter | undefined {
    return this.parameters.get(name);
  }

  public put(input: PutInput): { Version: number; Tier: string } {
    const tier = validatePut(input);
    const existing = this.parameters.get(input.Name);
    this.refuseOverwriting(input);
    if (!existing && !input.Type) throw new AwsError('ValidationException', 'A parameter type is required when you create a parameter.');
    const dataType = (input.DataType ?? existing?.dataType ?? 'text') as StoredParameter['dataType'];
    if (existing && existing.dataType !== dataType) {
      throw new AwsError('ValidationException', `The data type of an existing parameter can't be changed from ${existing.dataType} to ${dataType}.`);
    }
    const Version = (existing?.versions.at(-1)?.version ?? 0) + 1;
    if (dataType === 'aws:ec2:image') this.storeOnceValid(input, tier);
    else this.store(input, dataType, tier, this.world.caller);
    return { Version, Tier: tier };
  }

  public remove(name: string): void {
    const parameter = this.existing(name);
    this.parameters.delete(name);
    this.changed('Delete', parameter);
  }

  private refuseOverwriting({ Name: name, Overwrite: overwrite }: PutInput): void {
    if (overwrite || !this.parameters.has(name)) return;
    throw new AwsError('ParameterAlreadyExists', 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.');
  }

  private store(input: PutInput, dataType: StoredParameter['dataType'], tier: StoredParameter['tier'], modifiedBy: string): void {
    const before = this.parameters.get(input.Name);
    const version = (before?.versions.at(-1)?.version ?? 0) + 1;
    const versions = [...(before?.versions ?? [])];
    if (versions.length >= MAXIMUM_VERSIONS) {
      if (versions[0]!.labels.length > 0) {
        throw new AwsError('ParameterMaxVersionLimitExceeded', `The oldest version of ${input.Name} has a label, so no new version can be made.`);
      }
      versions.shift();
    }
    const description = input.Description ?? before?.description;
    const allowedPattern = input.AllowedPattern ?? before?.allowedPattern;
    const ofVersion = before?.tier === 'Advanced' ? 'Advanced' : tier;
    versions.push({ value: input.Value, version, modified: this.world.now, modifiedBy, labels: [], tier: ofVersion, description, allowedPattern });
    const parameter: StoredParameter = {
      name: input.Name,
      type: before?.type ?? (input.Type as StoredParameter['type']) ?? 'String',
      dataType,
      tier: ofVersion,
      description,
      allowedPattern,
      tags: new Map([...(before?.tags ?? []), ...(input.Tags ?? []).map(({ Key, Value }) => [Key, Value] as const)]),
      versions,
    };
    if (parameter.allowedPattern && !new RegExp(parameter.allowedPattern).test(input.Value)) {
      throw new AwsError('ParameterPatternMismatchException', `Parameter value, cannot be validated against allowedPattern: ${parameter.allowedPattern}`);
    }
    this.parameters.set(input.Name, parameter);
    this.changed(before ? 'Update' : 'Create', parameter);
  }

  /** Until the value has been validated the parameter is as it was; a refusal is told by an event alone. */
  private storeOnceValid(input: PutInput, tier: StoredParameter['tier']): void {
    const { caller } = this.world;
    this.imageValidation.begin(input.Name, input.Value, (refusal) => {
      const reason = refusal ?? this.storedLate(input, tier, caller);
      if (reason !== undefined) this.refused(input, reason);
    });
  }

  /** What another put has made meanwhile is not overwritten by one that must not (assumption: ssm-validated-late). */
  private storedLate(input: PutInput, tier: StoredParameter['tier'], caller: string): string | undefined {
    try {
      this.refuseOverwriting(input);
      this.store(input, 'aws:ec2:image', tier, caller);
      return undefined;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return error.message;
    }
  }

  /** Source: Systems Manager user guide, "Using native parameter support in Parameter Store for Amazon Machine Image IDs". */
  private refused({ Name: name, Type: type }: PutInput, exception: string): void {
    const existing = this.parameters.get(name);
    this.world.emit({
      source: 'aws.ssm',
      detailType: 'Parameter Store Change',
      detail: {
        exception, dataType: 'aws:ec2:image', name, type: existing?.type ?? type ?? 'String', operation: existing ? 'Update' : 'Create',
      },
      resources: [this.world.arn('ssm', `parameter/${name.replace(/^\//, '')}`)],
    });
  }

  private changed(operation: string, parameter: StoredParameter): void {
    this.world.emit({
      source: 'aws.ssm',
      detailType: 'Parameter Store Change',
      detail: { operation, name: parameter.name, type: parameter.type, ...(parameter.description ? { description: parameter.description } : {}) },
      resources: [this.world.arn('ssm', `parameter/${parameter.name.replace(/^\//, '')}`)],
    });
  }

  private existing(name: string): StoredParameter {
    const parameter = this.parameters.get(splitSelector(name).name);
    if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
    return parameter;
  }

  private describeValue(reference: string): Record<string, unknown> {
    const { name, selector } = splitSelector(reference.replace(/^arn:[^/]*:parameter/, ''));
    if (name.startsWith('/aws/service/')) {
      const found = this.public.get(name);
      if (!found) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
      return { Name: name, Type: 'String', DataType: 'aws:ec2:image', Value: found.value, Version: found.version, LastModifiedDate: new Date(found.modified), ARN: this.world.arn('ssm', `parameter${name}`, { account: '' }) };
    }
    const parameter = this.existing(name);
    const version = selectVersion(parameter, selector);
    if (!version) throw new AwsError('ParameterVersionNotFound', `Systems Manager could not find version ${selector} of ${name}.`);
    return { Name: name, Type: parameter.type, DataType: parameter.dataType, Value: version.value, Version: version.version, LastModifiedDate: new Date(version.modified), ARN: this.world.arn('ssm', `parameter/${name.replace(/^\//, '')}`), ...(selector ? { Selector: `:${selector}` } : {}) };
  }

  private getMany(names: string[]): Record<string, unknown> {
    if (names.length > 10) throw new AwsError('ValidationException', 'names must have length less than or equal to 10');
    const found = names.filter((name) => this.value(name) !== undefined);
    return { Parameters: found.map((name) => this.describeValue(name)), InvalidParameters: names.filter((name) => !found.includes(name)) };
  }

  private getByPath(input: Page & { Path: string; Recursive?: boolean; ParameterFilters?: unknown[] }): Record<string, unknown> {
    if (input.ParameterFilters?.length) throw new NotModelled('ssm:GetParametersByPath ParameterFilters');
    const prefix = input.Path.endsWith('/') ? input.Path : `${input.Path}/`;
    const names = this.names().filter((name) => name.startsWith(prefix) && (input.Recursive || !name.slice(prefix.length).includes('/')));
    return paged(input, names.map((name) => this.describeValue(name)), 10);
  }

  /** Oldest first; a selector in the name does not count. */
  private historyOf(input: Page & { Name: string }): Record<string, unknown> {
    const parameter = this.existing(input.Name.replace(/^arn:[^/]*:parameter/, ''));
    return paged(input, parameter.versions.map((version) => this.history(parameter, version)), 50);
  }

  private history(parameter: StoredParameter, version: ParameterVersion): Record<string, unknown> {
    const { value: Value, tier: Tier, labels: Labels, description: Description, allowedPattern: AllowedPattern } = version;
    const LastModifiedUser = version.modifiedBy;
    const what = { Name: parameter.name, Type: parameter.type, DataType: parameter.dataType, Description, AllowedPattern };
    return { ...what, Value, Version: version.version, Labels, LastModifiedDate: new Date(version.modified), LastModifiedUser, Tier, Policies: [] };
  }

  private removeMany(names: string[]): Record<string, unknown> {
    const known = names.filter((name) => this.parameters.has(name));
    known.forEach((name) => this.remove(name));
    return { DeletedParameters: known, InvalidParameters: names.filter((name) => !known.includes(name)) };
  }

  private describe(input: Page & { ParameterFilters?: Array<{ Key: string; Option?: string; Values?: string[] }> }): Record<string, unknown> {
    const matches = (name: string): boolean => (input.ParameterFilters ?? []).every((filter) => {
      if (filter.Key !== 'Name' || !['Equals', 'BeginsWith', undefined].includes(filter.Option)) throw new NotModelled(`ssm:DescribeParameters filter ${filter.Key} ${filter.Option}`);
      return (filter.Values ?? []).some((value) => (filter.Option === 'BeginsWith' ? name.startsWith(value) : name === value));
    });
    const found = this.names().filter(matches).map((name) => this.parameters.get(name)!);
    return paged(input, found.map((each) => ({
      Name: each.name,
      Type: each.type,
      DataType: each.dataType,
      Tier: each.tier,
      Version: each.versions.at(-1)!.version,
      LastModifiedDate: new Date(each.versions.at(-1)!.modified),
      LastModifiedUser: each.versions.at(-1)!.modifiedBy,
      Description: each.description,
    })), 50);
  }

  private label(input: { Name: string; ParameterVersion?: number; Labels: string[] }): Record<string, unknown> {
    const parameter = this.existing(input.Name);
    const target = selectVersion(parameter, input.ParameterVersion === undefined ? undefined : String(input.ParameterVersion));
    if (!target) throw new AwsError('ParameterVersionNotFound', `no version ${input.ParameterVersion} of ${input.Name}`);
    const labels = [...new Set(input.Labels)].filter(isLabel);
    const kept = target.labels.filter((label) => !labels.includes(label));
    if (kept.length + labels.length > 10) throw new AwsError('ParameterVersionLabelLimitExceeded', 'A parameter version can have a maximum of ten labels.');
    parameter.versions.forEach((version) => { version.labels = version.labels.filter((label) => !labels.includes(label)); });
    target.labels.push(...labels);
    if (labels.length > 0) this.changed('LabelParameterVersion', parameter);
    return { InvalidLabels: input.Labels.filter((label) => !isLabel(label)), ParameterVersion: target.version };
  }

  private addTags(input: { ResourceType: string; ResourceId: string; Tags: Array<{ Key: string; Value: string }> }): void {
    input.Tags.forEach(({ Key, Value }) => this.tagged(input).tags.set(Key, Value));
  }

  private tagged(input: { ResourceType: string; ResourceId: string }): StoredParameter {
    if (input.ResourceType !== 'Parameter') throw new NotModelled(`ssm tags of a ${input.ResourceType}`);
    const parameter = this.parameters.get(input.ResourceId);
    if (!parameter) throw new AwsError('InvalidResourceId', 'The resource ID is not valid. Verify that you entered the correct ID and try again.');
    return parameter;
  }
}

interface Page {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** Source: API reference of each operation, MaxResults: clients that do not follow the token see no more than this. */
function paged(input: Page, all: unknown[], most: number): Record<string, unknown> {
  const { items, ...rest } = page(all, Math.min(input.MaxResults ?? most, most), input.NextToken);
  return { Parameters: items, ...rest };
}
