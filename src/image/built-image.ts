import { Duration, Stack } from 'aws-cdk-lib';
import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { CfnImagePipeline } from 'aws-cdk-lib/aws-imagebuilder';
import type { Construct } from 'constructs';
import { bindComponents } from './bound-components';
import { BuildInfrastructure, type IBuildInfrastructure } from './build-infrastructure';
import type { BuildScheduleConfig } from './build-schedule';
import { BuildWorkflow } from './build-workflow';
import type { BuiltImageProps, ChannelOptions } from './built-image-props';
import { checkDefinition, checkTwice } from './checks';
import { declaredInfrastructure, declaredInputs, infrastructureOf } from './declared-inputs';
import { Distribution } from './disk/distribution';
import { checkDisk } from './disk/exportability';
import type { TraitsBelow } from './disk/parent-traits';
import { ImageBase } from './image-base';
import { initialSource } from './initial-source';
import { rememberLaunchTraits, type LaunchTraits } from './launch-traits';
import { Lineage } from './lineage';
import type { ParentImageConfig } from './parents';
import { checkPinned } from './pinned-components';
import { Recipe } from './recipe';
import { isChecked, rememberSkipped } from './sysprep-check';
import { waitForFirstBoot } from '../catalog/first-boot';
import { sysprepReady } from '../catalog/sysprep-ready';
import type { Component, ComponentBindOptions, ComponentConfig } from '../component/component';
import type { ImageIntent, ParentIntent } from '../contract';
import { ControlPlane } from '../control-plane/control-plane';
import { Platform, type OperatingSystemVersion } from '../platform';
import { checkEnvironment } from '../private/environments';
import { idFollowsName } from '../private/logical-ids';
import { nameOfId } from '../private/name-of-id';
import { imageBuilderName } from '../private/names';
import { rootStack } from '../private/stacks';
import type { Channel } from '../release/channel';
import { Gate } from '../release/gate';
import { gateIntent } from '../release/gate-intent';

/**
 * What the two kinds of images differ in.
 *
 * @internal
 */
export interface ImageDefinition {
  readonly parent: ParentImageConfig;
  readonly parentIntent: ParentIntent;
  readonly components: Component[];
  readonly schedule?: BuildScheduleConfig;
  /** What of the parent decides whether instances can be launched. */
  readonly launchTraitsBelow?: LaunchTraits;
  /** What of the parent decides whether AMIs can be exported. */
  readonly traitsBelow: TraitsBelow;
}

/** An image that this app builds: recipe, pipeline, channels. */
export abstract class BuiltImage extends ImageBase {
  private readonly plane: ControlPlane;
  private definition!: ImageDefinition;
  private workflow?: BuildWorkflow;
  private recipe!: Recipe;
  private pipeline!: CfnImagePipeline;

  protected constructor(scope: Construct, id: string, private readonly builtProps: BuiltImageProps) {
    super(scope, id, ControlPlane.of(scope).namespace, builtProps.imageName ?? nameOfId(id));
    this.plane = ControlPlane.of(this);
  }

  public get platform(): Platform {
    return this.definition.parent.platform;
  }

  public get architecture(): InstanceArchitecture {
    return this.definition.parent.architecture;
  }

  public get rootDeviceName(): string | undefined {
    return this.definition.parent.rootDeviceName;
  }

  public override get osVersion(): OperatingSystemVersion | undefined {
    return this.definition.parent.osVersion;
  }

  /** ARN of the pipeline that builds the image. */
  public get pipelineArn(): string {
    return this.pipeline.attrArn;
  }

  /**
   * Makes everything of the image; the last thing that a constructor does.
   *
   * @internal
   */
  protected _build(definition: ImageDefinition): void {
    this.definition = definition;
    Lineage.of(this).add(this, this.latest.parameterName, definition.parent.amiParameterName);
    checkDefinition(this, this.builtProps, definition);
    checkDisk(this, this.builtProps, definition.traitsBelow);
    this.seed(this.latest);
    const infrastructure = this.builtProps.infrastructure ?? BuildInfrastructure.shared(this);
    checkEnvironment(this, infrastructure, 'build infrastructure of the image');
    rememberLaunchTraits(this, this.builtProps, infrastructure.encryptionKey, definition.launchTraitsBelow ?? {});
    this.workflow = this.builtProps.sysprep === false ? BuildWorkflow.withoutSysprep(this) : undefined;
    const { components, configurationArn } = bindComponents(this, infrastructure, this.allComponents(), this.bindOptions());
    this.recipe = this.makeRecipe(infrastructure, components);
    this.pipeline = this.makePipeline(infrastructure, configurationArn);
    this.plane.registerImage({ intent: () => this.intent() });
    if (definition.parentIntent.type === 'image') { this.plane.follow(definition.parentIntent); }
    const configuration = infrastructureOf(this.pipeline);
    if (configuration) { this.plane.registerInfrastructure(configuration, () => declaredInfrastructure(configuration)); }
  }

  /** Declares a channel, next to `latest`. */
  public addChannel(channelName: string, options: ChannelOptions = {}): Channel {
    const production = [Gate.imageTests(), Gate.soak(Duration.hours(24))];
    const channel = this._declare(channelName, options.gates ?? (channelName === 'production' ? production : [Gate.imageTests()]));
    this.seed(channel);
    return channel;
  }

  /** Not the path of the construct: a recipe that gets another description is another recipe. */
  private get description(): string {
    return this.builtProps.description ?? `Image ${this.imageName}`;
  }

  private seed(channel: Channel): void {
    const { parent, parentIntent } = this.definition;
    const source = initialSource(this, this.builtProps.initialAmi, parent, parentIntent.type === 'image' ? parentIntent.publisher : undefined);
    this.plane.seed({ name: channel.parameterName, owner: this.node.path, source });
  }

  private allComponents(): Component[] {
    const { parent, components } = this.definition;
    const first = parent.platform === Platform.LINUX ? [waitForFirstBoot()] : [];
    const last = isChecked(parent.platform, this.builtProps) ? [sysprepReady()] : [];
    return [...first, ...components, ...last];
  }

  private makeRecipe(infrastructure: IBuildInfrastructure, bound: ComponentConfig[]): Recipe {
    const { parent } = this.definition;
    checkTwice(this, bound);
    checkPinned(this, bound);
    const recipe = new Recipe(this, 'Recipe', {
      namespace: this.plane.namespace,
      imageName: this.imageName,
      description: this.description,
      version: this.builtProps.version ?? '1.0.x',
      parentImage: parent.parentImage,
      rootDeviceName: parent.rootDeviceName,
      rootVolumeSize: this.builtProps.rootVolumeSize,
      encrypted: this.builtProps.encrypted ?? true,
      encryptionKey: infrastructure.encryptionKey,
      amiTags: this.builtProps.amiTags,
      components: bound,
      workflow: this.workflow?.content,
    });
    rememberSkipped(recipe.resource, this.builtProps);
    recipe.node.addDependency(this.plane.seedDependable);
    return recipe;
  }

  private bindOptions(): Omit<ComponentBindOptions, 'grantee'> {
    const { platform, architecture, osVersion } = this;
    const sysprep = platform === Platform.WINDOWS ? this.builtProps.sysprep ?? true : undefined;
    return { platform, architecture, osVersion, sysprep };
  }

  private makePipeline(infrastructure: IBuildInfrastructure, configurationArn: string): CfnImagePipeline {
    const { schedule } = this.definition;
    const pipeline = new CfnImagePipeline(this, 'Pipeline', {
      name: imageBuilderName(this, this.plane.namespace, { imageName: this.imageName }),
      description: this.description,
      imageRecipeArn: this.recipe.resource.attrArn,
      infrastructureConfigurationArn: configurationArn,
      // Without a distribution the AMI gets its default name, which tells builds apart (assumption: default-ami-name).
      distributionConfigurationArn: this.makeDistribution()?.arn,
      imageTestsConfiguration: { imageTestsEnabled: true },
      enhancedImageMetadataEnabled: this.builtProps.enhancedImageMetadata ?? true,
      ...this.workflow?.pipelineProps,
      loggingConfiguration: { imageLogGroupName: infrastructure.logGroupName, pipelineLogGroupName: infrastructure.logGroupName },
      // Without EXPRESSION_MATCH_ONLY a base would wait for updates of its components and never be patched.
      schedule: schedule && {
        scheduleExpression: schedule.expression,
        // CloudFormation's schema as cfn-lint 1.51 has it does not know it (assumption: schedule-timezone): left out where it says what holds anyway.
        timezone: schedule.timeZone === 'Etc/UTC' ? undefined : schedule.timeZone,
        pipelineExecutionStartCondition: 'EXPRESSION_MATCH_ONLY',
      },
    });
    idFollowsName(pipeline, 'Pipeline', this.imageName);
    return pipeline;
  }

  private makeDistribution(): Distribution | undefined {
    const { diskExport } = this.builtProps;
    // Beside its handler: that may pass its role, so that in a nested stack each would wait for the other.
    const nested = rootStack(this) !== Stack.of(this);
    return diskExport && new Distribution(nested ? this.plane : this, nested ? `Distribution-${this.imageName}` : 'Distribution', {
      namespace: this.plane.namespace,
      imageName: this.imageName,
      description: this.description,
      amiTags: this.recipe.amiTags,
      diskExport,
    });
  }

  private intent(): ImageIntent {
    return {
      name: this.imageName,
      recipeArn: this.recipe.resource.attrArn,
      pipelineArn: this.pipelineArn,
      parent: this.definition.parentIntent,
      contentHash: this.recipe.contentHash(),
      inputs: declaredInputs(this.recipe.resource, this.pipeline),
      scheduled: this.definition.schedule !== undefined,
      regions: [Stack.of(this).region],
      channels: this._channels.map((channel) => ({
        name: channel.channelName,
        parameterName: channel.parameterName,
        gates: channel.gates.map((gate) => gateIntent(this, gate)),
      })),
    };
  }
}
