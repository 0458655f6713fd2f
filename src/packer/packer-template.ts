import { basename } from 'node:path';
import { Annotations } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type { ImageComponents } from './image-components';
import { legalised } from './mapping/builders/names';
import { mapTemplate, type Definition, type ImageMapping, type TemplateMapping } from './mapping/map-template';
import { NoticingComponent } from './noticing-component';
import { PackerImage } from './packer-image';
import type { PackerNotice, PackerOtherBuilder, PackerTemplateOptions } from './packer-template-options';
import { TemplateError } from './template/error';
import { suggestion } from './template/nearest';
import { readTemplate } from './template/read';
import { Component } from '../component/component';

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
    const template = readTemplate(path, options);
    const mapping = mapTemplate(template, { file: path, line: 1, column: 1 }, options);
    return new PackerTemplate(path, mapping, options);
  }

  /** The images of the template, one for each builder that can be taken over. */
  public readonly images: PackerImage[];

  /** Builders that cannot, and what to do about them. */
  public readonly otherBuilders: PackerOtherBuilder[];

  /** What became otherwise than it is written. */
  public readonly notices: PackerNotice[];

  private readonly annotated = new Set<IConstruct>();
  private readonly made: ImageComponents[] = [];

  private constructor(private readonly path: string, mapping: TemplateMapping, options: PackerTemplateOptions) {
    const prefix = options.componentPrefix ?? (legalised(basename(path).replace(/(?:\.pkr)?\.(?:json|hcl)$/, '')) || 'packer');
    this.notices = mapping.notices.map(({ severity, at, message }) => ({ warning: severity === 'warning', message, ...at }));
    this.otherBuilders = mapping.others.map(({ builder, why, instead }) => (
      { builderName: builder.name ?? builder.type, builderType: builder.type, reason: why, instead }));
    const definitions = [...new Set(mapping.images.map(({ definition }) => definition))];
    this.images = mapping.images.map((image) => PackerImage._of(image, this.components(image, prefix, definitions)));
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
    for (const { warning, file, line, column, message } of this.notices) {
      const text = `${file}:${line}:${column}: ${message}`;
      if (warning) Annotations.of(scope).addWarningV2('cdk-golden-images:packerTemplate', text);
      else Annotations.of(scope).addInfoV2('cdk-golden-images:packerTemplate', text);
    }
  }

  /** Images with the same definition have the same components. */
  private components({ definition, builder }: ImageMapping, prefix: string, definitions: Definition[]): ImageComponents {
    const index = definitions.indexOf(definition);
    const name = legalised(definitions.length === 1 ? prefix : `${prefix}-${index + 1}-${(builder.name ?? builder.type).split('.').pop()}`);
    return this.made[index] ??= {
      updates: this.component(`${name}-updates`, definition.updates),
      components: [this.component(name, definition.steps)].filter((each) => each !== undefined),
    };
  }

  private component(name: string, steps: Definition['steps']): Component | undefined {
    if (steps.length === 0) return undefined;
    const component = Component.fromSteps(name, { description: 'Provisioners of a Packer template', buildSteps: [...steps] });
    return new NoticingComponent(component, (scope: Construct) => this.annotateOnce(scope));
  }

  private annotateOnce(scope: IConstruct): void {
    if (this.annotated.size === 0) this.annotate(scope);
  }
}
