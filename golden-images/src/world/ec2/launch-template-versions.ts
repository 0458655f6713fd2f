import { AwsError, NotModelled, page, Properties, refuseUnknown, World } from '../kernel';
import type { Idempotency } from './idempotency';
import { LaunchTemplate, LaunchTemplateVersion } from './launch-template';
import { requireModelled } from './launch-template-data';
import type { LaunchTemplates } from './launch-templates';

/** The operations on versions of launch templates. */
export class LaunchTemplateVersions {
  public readonly operations = {
    CreateLaunchTemplateVersion: (input: Properties) => this.create(input),
    DescribeLaunchTemplateVersions: (input: Properties) => this.describe(input),
    DeleteLaunchTemplateVersions: (input: Properties) => this.delete(input),
  };

  public constructor(
    private readonly world: World,
    private readonly templates: LaunchTemplates,
    private readonly idempotency: Idempotency,
    private readonly resolveAlias: (imageId: string) => string,
  ) {}

  /**
   * Data of `SourceVersion` is kept where the new data does not say otherwise, member by member, but for its snapshots: those "are ignored
   * when creating a new version unless they are explicitly included" (API reference, CreateLaunchTemplateVersion, SourceVersion).
   */
  private create(input: Properties): Properties {
    refuseUnknown('ec2:CreateLaunchTemplateVersion', input,
      ['LaunchTemplateId', 'LaunchTemplateName', 'SourceVersion', 'LaunchTemplateData', 'VersionDescription', 'ClientToken', 'ResolveAlias']);
    return this.idempotency.once('CreateLaunchTemplateVersion', input, () => {
      const template = this.templates.require(input);
      const source = input.SourceVersion === undefined ? {} : withoutSnapshots(template.require(input.SourceVersion).data);
      const data = { ...source, ...requireModelled(input.LaunchTemplateData) };
      const version = template.add(data, input.VersionDescription, this.world.now, this.world.caller);
      return { LaunchTemplateVersion: this.render(template, version, input.ResolveAlias) };
    });
  }

  private describe(input: Properties): Properties {
    refuseUnknown('ec2:DescribeLaunchTemplateVersions', input, ['LaunchTemplateId', 'LaunchTemplateName', 'Versions', 'MinVersion',
      'MaxVersion', 'MaxResults', 'NextToken', 'ResolveAlias']);
    const one = input.LaunchTemplateId !== undefined || input.LaunchTemplateName !== undefined;
    if (!one) this.requireAliases(input.Versions);
    const found = (one ? [this.templates.require(input)] : this.templates.all()).flatMap((template) =>
      this.selected(template, input).map((version) => this.render(template, version, input.ResolveAlias)));
    const { items, NextToken } = page(found, input.MaxResults, input.NextToken);
    return { LaunchTemplateVersions: items, NextToken };
  }

  private requireAliases(versions: string[] | undefined): void {
    if (versions?.length && versions.every((version) => version === '$Latest' || version === '$Default')) return;
    throw new AwsError('InvalidParameterCombination',
      "To describe the launch template data for all your launch templates, for '--versions' specify '$Latest', '$Default', or both.");
  }

  /** Newest first. */
  private selected(template: LaunchTemplate, input: Properties): LaunchTemplateVersion[] {
    const named = (input.Versions as string[] | undefined)?.map((version) => template.require(version));
    const all = [...new Set(named ?? template.versions.values())];
    return all
      .filter((version) => version.number >= Number(input.MinVersion ?? 1) && version.number <= Number(input.MaxVersion ?? Infinity))
      .sort((a, b) => b.number - a.number);
  }

  /** The default version cannot be deleted; every version has its own result (API reference, DeleteLaunchTemplateVersions). */
  private delete(input: Properties): Properties {
    refuseUnknown('ec2:DeleteLaunchTemplateVersions', input, ['LaunchTemplateId', 'LaunchTemplateName', 'Versions']);
    const template = this.templates.require(input);
    const results = (input.Versions as string[]).map((version) => this.deleteOne(template, version));
    return {
      SuccessfullyDeletedLaunchTemplateVersions: results.filter((result) => !result.ResponseError),
      UnsuccessfullyDeletedLaunchTemplateVersions: results.filter((result) => result.ResponseError),
    };
  }

  private deleteOne(template: LaunchTemplate, version: string): Properties {
    if (version.startsWith('$')) throw new NotModelled(`ec2:DeleteLaunchTemplateVersions of ${version}`);
    const result = { LaunchTemplateId: template.id, LaunchTemplateName: template.name, VersionNumber: Number(version) };
    // assumption: default-version-deletion-code
    if (Number(version) === template.defaultVersion) return failed(result, 'unexpectedError', 'The default version of a launch template cannot be deleted.');
    if (template.versions.delete(Number(version))) return result;
    return failed(result, 'launchTemplateVersionDoesNotExist', `Could not find launch template version ${version} of launch template ${template.id}`);
  }

  private render(template: LaunchTemplate, version: LaunchTemplateVersion, resolveAlias = false): Properties {
    const { ImageId } = version.data;
    const resolved = resolveAlias && ImageId ? { ImageId: this.resolveAlias(ImageId) } : {};
    return {
      LaunchTemplateId: template.id,
      LaunchTemplateName: template.name,
      VersionNumber: version.number,
      VersionDescription: version.description,
      CreateTime: new Date(version.createdAt),
      CreatedBy: version.createdBy,
      DefaultVersion: version.number === template.defaultVersion,
      LaunchTemplateData: { ...version.data, ...resolved },
    };
  }
}

function failed(result: Properties, Code: string, Message: string): Properties {
  return { ...result, ResponseError: { Code, Message } };
}

/** The device stays, without what it would be filled with (assumption: ignored-snapshots). */
function withoutSnapshots(data: Properties): Properties {
  if (!data.BlockDeviceMappings) return data;
  return {
    ...data,
    BlockDeviceMappings: (data.BlockDeviceMappings as Properties[]).map(({ Ebs, ...device }) => {
      const { SnapshotId: _, ...disk } = Ebs ?? {};
      return Ebs ? { ...device, Ebs: disk } : device;
    }),
  };
}
