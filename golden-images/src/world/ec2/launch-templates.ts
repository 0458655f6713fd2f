import { AwsError, page, Properties, refuseUnknown, World } from '../kernel';
import { Filter, passes } from './filters';
import { Idempotency } from './idempotency';
import { LaunchTemplate } from './launch-template';
import { requireModelled } from './launch-template-data';
import { LaunchTemplateVersions } from './launch-template-versions';
import { specifiedTags, type Tags } from './tags';

/** Launch templates and the operations on them as a whole. */
export class LaunchTemplates {
  /**
   * What the rollback of a stack does to a template: it leaves the version of the failed deploy as the newest
   * (aws-cloudformation/cloudformation-coverage-roadmap issue 1912), or makes another one with the old content
   * (assumption: rollback-template-version).
   */
  public rollbackLeavesNewest = false;
  private readonly templates = new Map<string, LaunchTemplate>();
  private readonly idempotency = new Idempotency();
  private readonly versions: LaunchTemplateVersions;

  public constructor(private readonly world: World, private readonly tags: Tags, resolveAlias: (imageId: string) => string) {
    this.versions = new LaunchTemplateVersions(world, this, this.idempotency, resolveAlias);
  }

  public get operations() {
    return {
      CreateLaunchTemplate: (input: Properties) => this.create(input),
      DescribeLaunchTemplates: (input: Properties) => this.describe(input),
      ModifyLaunchTemplate: (input: Properties) => this.modify(input),
      DeleteLaunchTemplate: (input: Properties) => this.delete(input),
      ...this.versions.operations,
    };
  }

  public find(id: string): LaunchTemplate | undefined {
    return this.templates.get(id);
  }

  public all(): LaunchTemplate[] {
    return [...this.templates.values()];
  }

  /** By `LaunchTemplateId` or `LaunchTemplateName`, of which a request must have exactly one. */
  public require(reference: { LaunchTemplateId?: string; LaunchTemplateName?: string }): LaunchTemplate {
    const { LaunchTemplateId: id, LaunchTemplateName: name } = reference;
    if (id !== undefined && name !== undefined) {
      throw new AwsError('InvalidParameterCombination', 'The request must contain either a launch template ID or a launch template name, not both.');
    }
    const found = id === undefined ? this.all().find((template) => template.name === name) : this.templates.get(id);
    if (found) return found;
    if (id !== undefined) {
      throw new AwsError('InvalidLaunchTemplateId.NotFound', `The specified launch template, with template ID ${id}, does not exist.`);
    }
    if (name === undefined) throw new AwsError('MissingParameter', 'The request must contain a launch template ID or name.');
    throw new AwsError('InvalidLaunchTemplateName.NotFoundException', `The specified launch template, with template name ${name}, does not exist.`);
  }

  public render(template: LaunchTemplate): Properties {
    return {
      LaunchTemplateId: template.id,
      LaunchTemplateName: template.name,
      CreateTime: new Date(template.createdAt),
      CreatedBy: template.createdBy,
      DefaultVersionNumber: template.defaultVersion,
      LatestVersionNumber: template.latestVersion,
      Tags: this.tags.of(template.id),
    };
  }

  private create(input: Properties): Properties {
    refuseUnknown('ec2:CreateLaunchTemplate', input, ['LaunchTemplateName', 'LaunchTemplateData', 'VersionDescription', 'ClientToken', 'TagSpecifications']);
    requireName(input.LaunchTemplateName);
    return this.idempotency.once('CreateLaunchTemplate', input, () => {
      if (this.all().some((template) => template.name === input.LaunchTemplateName)) {
        throw new AwsError('InvalidLaunchTemplateName.AlreadyExistsException', 'Launch template name already in use.');
      }
      const template = new LaunchTemplate(`lt-${this.world.random.hex(17)}`, input.LaunchTemplateName, this.world.now, this.world.caller);
      template.add(requireModelled(input.LaunchTemplateData), input.VersionDescription, this.world.now, this.world.caller);
      this.templates.set(template.id, template);
      this.tags.put(template.id, specifiedTags(input.TagSpecifications, 'launch-template'));
      return { LaunchTemplate: this.render(template) };
    });
  }

  private describe(input: Properties): Properties {
    refuseUnknown('ec2:DescribeLaunchTemplates', input, ['LaunchTemplateIds', 'LaunchTemplateNames', 'Filters', 'MaxResults', 'NextToken']);
    const named = [
      ...(input.LaunchTemplateIds ?? []).map((LaunchTemplateId: string) => this.require({ LaunchTemplateId })),
      ...(input.LaunchTemplateNames ?? []).map((LaunchTemplateName: string) => this.require({ LaunchTemplateName })),
    ] as LaunchTemplate[];
    const found = (named.length > 0 ? named : this.all()).filter((template) => passes(input.Filters as Filter[], (name) =>
      (name === 'launch-template-name' ? [template.name] : this.tags.filterValues(template.id, name))));
    const { items, NextToken } = page(found, input.MaxResults, input.NextToken);
    return { LaunchTemplates: items.map((template) => this.render(template)), NextToken };
  }

  private modify(input: Properties): Properties {
    refuseUnknown('ec2:ModifyLaunchTemplate', input, ['LaunchTemplateId', 'LaunchTemplateName', 'DefaultVersion', 'ClientToken']);
    return this.idempotency.once('ModifyLaunchTemplate', input, () => {
      const template = this.require(input);
      if (input.DefaultVersion !== undefined) template.defaultVersion = template.require(input.DefaultVersion).number;
      return { LaunchTemplate: this.render(template) };
    });
  }

  private delete(input: Properties): Properties {
    refuseUnknown('ec2:DeleteLaunchTemplate', input, ['LaunchTemplateId', 'LaunchTemplateName']);
    const template = this.require(input);
    const answer = { LaunchTemplate: this.render(template) };
    this.templates.delete(template.id);
    this.tags.forget(template.id);
    return answer;
  }
}

/** Source: EC2 API reference, "Error codes"; the pattern is that of the members that name an existing launch template. */
function requireName(name: string): void {
  if (/^[a-zA-Z0-9().\-/_]{3,128}$/.test(name)) return;
  throw new AwsError('InvalidLaunchTemplateName.MalformedException',
    `A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _ and not '${name}'.`);
}
