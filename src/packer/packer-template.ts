import { basename } from 'node:path';
import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { DefinitionComponents } from './constructs/components';
import { toConstructs, type OtherConstructs } from './constructs/to-constructs';
import { givenParents } from './given-parents';
import { templatePrefix } from './mapping/builders/names';
import { mapTemplate } from './mapping/map-template';
import { NoticingComponent } from './noticing-component';
import { PackerImage } from './packer-image';
import type { PackerNotice, PackerOtherBuilder, PackerTemplateOptions } from './packer-template-options';
import type { TemplatePlan } from './plan';
import { RefusedTemplate } from './refused-template';
import { TemplateError } from './template/error';
import { suggestion } from './template/nearest';
import { placed } from './template/position';
import { readTemplate } from './template/read';
import type { Component } from '../component/component';

/**
 * A template of Packer, in the older JSON or in HCL2, as values for the properties of images. It is read when the app is synthesized; what
 * of it has no counterpart is told by annotations, or refused by file, line and column.
 */
export class PackerTemplate {
  /**
   * Reads a template.
   *
   * @param path a file, or a folder with files that end with `.pkr.hcl`
   * @param options what the template does not say
   */
  public static fromFile(path: string, options: PackerTemplateOptions = {}): PackerTemplate {
    const { secrets = {}, parents = {}, ansibleVersion, workingDirectory } = options;
    const input = { secrets: Object.keys(secrets), parents: givenParents(parents), ansibleVersion, workingDirectory };
    const { plan, problems } = mapTemplate(readTemplate(path, options), { file: path, line: 1, column: 1 }, input);
    if (problems.length > 0) throw new RefusedTemplate(problems);
    return new PackerTemplate(path, plan, options);
  }

  /** The images of the template, one for each builder that can be taken over. */
  public readonly images: PackerImage[];

  /** Builders that cannot, and what to do about them. */
  public readonly otherBuilders: PackerOtherBuilder[];

  /** What became otherwise than it is written. */
  public readonly notices: PackerNotice[];

  private readonly annotated = new Set<IConstruct>();

  private constructor(private readonly path: string, plan: TemplatePlan, { secrets = {}, parents = {}, componentPrefix }: PackerTemplateOptions) {
    const { images, others } = toConstructs(plan, { secrets, parents, prefix: componentPrefix ?? templatePrefix(basename(path)) });
    const noticing = new Map<Component, Component>();
    this.notices = plan.notices.map(({ severity, at, message }) => ({ warning: severity === 'warning', message, ...at }));
    this.images = images.map((image) => PackerImage._of({ ...image, ...this.noticing(image, noticing) }));
    this.otherBuilders = others.map((other) => this.other(other, noticing));
  }

  /**
   * One of the images.
   *
   * @param builder name of its builder, or the type where only one builder has it; none where the template has one image
   */
  public image(builder?: string): PackerImage {
    const found = this.images.filter(({ builderName, builderType }) =>
      builder === undefined || builderName === builder || builderType === builder || builderName.split('.').pop() === builder);
    if (found.length === 1) return found[0]!;
    const at = { file: this.path, line: 1, column: 1 };
    const names = this.images.map(({ builderName }) => builderName);
    throw found.length === 0
      ? new TemplateError(at, `no image is built by "${builder}"`, suggestion(builder ?? '', names))
      : new TemplateError(at, `the template has ${found.length} such images`, `name one of ${names.join(', ')}`);
  }

  /** Tells of the notices by annotations, once for each construct. Images that use a component of the template do it by themselves. */
  public annotate(scope: IConstruct): void {
    if (this.annotated.has(scope)) return;
    this.annotated.add(scope);
    for (const { warning, message, ...at } of this.notices) {
      const text = `${placed(at)}: ${message}`;
      if (warning) Annotations.of(scope).addWarningV2('cdk-golden-images:packerTemplate', text);
      else Annotations.of(scope).addInfoV2('cdk-golden-images:packerTemplate', text);
    }
  }

  private other({ plan: { builder, why, instead }, components }: OtherConstructs, known: Map<Component, Component>): PackerOtherBuilder {
    const { updates, components: own } = this.noticing(components ?? { components: [] }, known);
    const all = components && [...updates ? [updates] : [], ...own];
    return { builderName: builder.name, builderType: builder.type, reason: why, instead, components: all };
  }

  /** Components that tell of the notices: one for each, whatever images have it. */
  private noticing({ updates, components }: DefinitionComponents, known: Map<Component, Component>): DefinitionComponents {
    const noticed = (component: Component): Component => {
      const made = known.get(component) ?? new NoticingComponent(component, (scope) => this.annotateOnce(scope));
      known.set(component, made);
      return made;
    };
    return { updates: updates && noticed(updates), components: components.map(noticed) };
  }

  private annotateOnce(scope: IConstruct): void {
    if (this.annotated.size === 0) this.annotate(scope);
  }
}
