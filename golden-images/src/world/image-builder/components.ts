import { AwsError, NotModelled, type World } from '../kernel';
import type { Component } from './model';
import { S3Service } from '../s3';
import { alreadyExists, arnName, inUse, notFound, requireKnown, requirePattern, versionPattern } from './validation';

const members = ['name', 'semanticVersion', 'description', 'changeDescription', 'platform', 'supportedOsVersions', 'data', 'uri', 'kmsKeyId', 'tags', 'clientToken'];

/** Inline data has at most 16,000 characters. Source: CreateComponent API reference, data. */
const MAXIMUM_DATA = 16_000;

/** A document in a bucket has at most 64 KB. Source: EC2 Image Builder endpoints and quotas. */
const MAXIMUM_IN_BUCKET = 64 * 1024;

/** What Image Builder says against a component document for a platform; nothing for one that it takes. */
export type DocumentCheck = (text: string, platform: string) => readonly string[];

/** Component build versions: a component keeps its numeric version, the service counts its builds. */
export class Components {
  private readonly byArn = new Map<string, Component>();
  private check: DocumentCheck | undefined;

  public constructor(private readonly world: World, private readonly usedBy: (arn: string) => string | undefined) {}

  /** The format of component documents is not part of this model: whoever composes a world gives its check. No component without. */
  public checkWith(check: DocumentCheck): void {
    this.check = check;
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  public create(input: any): Component {
    requireKnown('CreateComponent', input, members);
    requirePattern('name', input.name, 'name');
    requirePattern('semanticVersion', input.semanticVersion, 'componentVersion');
    if (!['Linux', 'Windows', 'macOS'].includes(input.platform)) {
      throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'platform' is not valid: ${input.platform}`);
    }
    const data = this.documentOf(input);
    this.checkDocument(data, input.platform);
    const builds = this.builds(input.name, input.semanticVersion);
    // Identical content is refused, whatever else differs. Source: shared experience in aws/ec2-image-builder-roadmap#71.
    const same = builds.find((build) => build.data === data && build.platform === input.platform);
    if (same) throw alreadyExists('Component', same.arn);
    const component: Component = {
      arn: this.world.arn('imagebuilder', `component/${arnName(input.name)}/${input.semanticVersion}/${(builds.at(-1) ? Number(builds.at(-1)!.arn.split('/').pop()) : 0) + 1}`),
      name: input.name,
      version: input.semanticVersion,
      platform: input.platform,
      data,
      description: input.description,
      dateCreated: this.world.now,
      tags: input.tags ?? {},
    };
    this.byArn.set(component.arn, component);
    return component;
  }

  /** Of a component only its tags can be changed. */
  public update(arn: string, { tags = {} }: { readonly tags?: Record<string, string> }): void {
    this.byArn.set(arn, { ...this.find(arn), tags });
  }

  /** A component by build version ARN, by version ARN (newest build), or managed by Amazon. */
  public find(arn: string): Component {
    const component = this.tryFind(arn);
    if (!component) throw notFound(arn);
    return component;
  }

  public remove(arn: string): void {
    this.find(arn);
    const user = this.usedBy(arn);
    if (user) throw inUse(arn, user);
    this.byArn.delete(arn);
  }

  public all(): Component[] {
    return [...this.byArn.values()];
  }

  private tryFind(arn: string): Component | undefined {
    if (/^arn:aws:imagebuilder:[^:]+:aws:component\//.test(arn)) return this.managed(arn);
    const exact = this.byArn.get(arn);
    if (exact) return exact;
    const version = /component\/([^/]+)\/([0-9x.]+)$/.exec(arn);
    if (!version) return undefined;
    const pattern = versionPattern(version[2]!);
    return this.all().filter((each) => arnName(each.name) === version[1] && pattern.test(each.version)).at(-1);
  }

  /** Amazon-managed components exist for every name; their documents are not modelled. */
  private managed(arn: string): Component {
    const name = /component\/([a-z0-9-]+)\//.exec(arn)?.[1];
    if (!name) throw notFound(arn);
    return { arn, name, version: 'x.x.x', platform: /windows/.test(name) ? 'Windows' : 'Linux', data: '', dateCreated: 0, tags: {} };
  }

  private builds(name: string, version: string): Component[] {
    return this.all().filter((each) => arnName(each.name) === arnName(name) && each.version === version);
  }

  private checkDocument(text: string, platform: string): void {
    if (!this.check) throw new NotModelled('component documents unless it is given their check (components.checkWith)');
    const refusals = this.check(text, platform);
    if (refusals.length > 0) throw invalid(refusals.join(' '));
  }

  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  private documentOf(input: any): string {
    if (input.data !== undefined && input.uri !== undefined) throw invalid('either data or uri, and not both');
    const data: string | undefined = input.uri === undefined ? input.data : this.inBucket(input.uri);
    const maximum = input.uri === undefined ? MAXIMUM_DATA : MAXIMUM_IN_BUCKET;
    if (!data) throw invalid('data or uri is required');
    if (data.length > maximum) throw invalid(`the document has ${data.length} characters, the maximum is ${maximum}`);
    return data;
  }

  private inBucket(uri: string): string {
    const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
    const object = bucket && key ? this.world.get(S3Service).object(bucket, key) : undefined;
    if (!object) throw invalid(`there is no document at ${uri}`);
    return object.toString('utf8');
  }
}

const invalid = (why: string): AwsError => new AwsError('InvalidParameterValueException', `The value supplied for parameter 'data' is not valid. ${why}`);
