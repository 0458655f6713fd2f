import { buildArn, pipelineArn, recipeArn, REGION } from './intents';
import type { MemoryParameters } from './memory-ports';
import type { BuildInputs } from '../../../src/contract';
import type { BuildDetails, SeenBuild } from '../../../src/runtime/domain/image';
import type { Images } from '../../../src/runtime/ports';

const BUILD_TIME = 20 * 60_000;

/** What somebody has a pipeline build instead of what a deploy declared. */
export type Tampering = 'infrastructure' | 'configuration' | 'component' | 'recipe';

export const EVIL_AMI = 'ami-evil';

export interface ModelBuild {
  readonly arn: string;
  readonly image: string;
  readonly version: string;
  readonly recipe: number;
  /** What is in it: a recipe's version can come again with another content. */
  readonly content: string;
  readonly createdAt: number;
  readonly endsAt: number;
  readonly fails: boolean;
  readonly scheduled: boolean;
  readonly token?: string;
  /** Not what a deploy declared went into it. */
  readonly evil: boolean;
  readonly tampering?: Tampering;
  readonly inputs?: BuildInputs;
  readonly recipeCreatedAt: number;
  ami?: string;
  sourceAmi?: string;
}

/** A pipeline: which recipe it builds now, and the parameter that the recipe names as its parent. */
interface Pipeline {
  readonly image: string;
  recipe: number;
  content: string;
  readonly parent?: string;
  inputs?: BuildInputs;
  tampering?: Tampering;
}

/** A tiny Image Builder: pipelines, builds that take their time, AMIs with their true parent. */
export class ImageModel implements Images {
  public readonly pipelines = new Map<string, Pipeline>();
  public readonly all: ModelBuild[] = [];
  public readonly failing = new Map<string, number>();
  /** What went wrong that must never go wrong. */
  public readonly violations: string[] = [];
  private amis = 0;
  /** When each recipe with its content was created. */
  private readonly recipes = new Map<string, number>();

  public constructor(private readonly clock: { now(): number }, private readonly parameters: MemoryParameters) {}

  public async builds(pipeline: string): Promise<SeenBuild[] | undefined> {
    const image = this.pipelines.get(pipeline)?.image;
    return image === undefined ? undefined : this.all.filter((build) => build.image === image).map((build) => ({
      arn: build.arn,
      version: build.version,
      createdAt: build.createdAt,
      scheduled: build.scheduled,
      status: this.status(build),
      ...(build.tampering === 'recipe' ? { foreignRecipe: 'evil' } : {}),
    }));
  }

  public async details(arn: string): Promise<BuildDetails> {
    const build = this.all.find((each) => each.arn === arn)!;
    return {
      recipeArn: recipeArn(build.image, build.recipe),
      tested: true,
      amis: { [REGION]: build.ami! },
      ami: { id: build.ami!, ...(build.sourceAmi ? { sourceAmi: build.sourceAmi } : {}) },
      ...(build.inputs ? { inputs: build.inputs } : {}),
      recipeCreatedAt: build.recipeCreatedAt,
      components: [{ arn: 'component', createdAt: build.recipeCreatedAt + (build.tampering === 'component' ? 1 : -1) }],
    };
  }

  public async start(pipeline: string, token: string): Promise<string> {
    const same = this.all.find((build) => build.token === token);
    if (same) return same.arn;
    const { image } = this.pipelines.get(pipeline)!;
    if (this.inFlight(image).length > 0) this.violations.push(`a second build of ${image} was started`);
    return this.begin(image, { scheduled: false, token }).arn;
  }

  /** Begins a build; the parent is read from its parameter at once, as it stands. */
  public begin(image: string, how: { scheduled: boolean; token?: string }): ModelBuild {
    const { recipe, content, parent, inputs, tampering } = this.pipelines.get(pipelineArn(image))!;
    const number = this.all.filter((build) => build.image === image && build.recipe === recipe).length + 1;
    const failures = this.failing.get(image) ?? 0;
    this.failing.set(image, Math.max(0, failures - 1));
    const sourceAmi = parent && this.parameters.values.get(parent)?.value;
    const build: ModelBuild = {
      arn: buildArn(tampering === 'recipe' ? 'evil' : image, recipe, number),
      image,
      version: `1.0.${recipe}/${number}${tampering === 'recipe' ? '+evil' : ''}`,
      recipe,
      content,
      createdAt: this.clock.now(),
      endsAt: this.clock.now() + BUILD_TIME,
      fails: failures > 0,
      ...how,
      evil: tampering !== undefined || sourceAmi === EVIL_AMI,
      recipeCreatedAt: this.createdAt(`${image} ${recipe} ${content}`),
      ...(tampering ? { tampering } : {}),
      ...(inputs ? { inputs: tamperedWith(inputs, tampering) } : {}),
      ...(sourceAmi ? { sourceAmi } : {}),
      ...(failures > 0 ? {} : { ami: `ami-${++this.amis}` }),
    };
    this.all.push(build);
    return build;
  }

  /** Of a recipe that a deploy creates now or created before. */
  public createdAt(recipe: string): number {
    const at = this.recipes.get(recipe) ?? this.clock.now();
    this.recipes.set(recipe, at);
    return at;
  }

  public inFlight(image: string): ModelBuild[] {
    return this.all.filter((build) => build.image === image && this.status(build) === 'in-flight');
  }

  public status(build: ModelBuild): SeenBuild['status'] {
    if (this.clock.now() < build.endsAt) return 'in-flight';
    return build.fails ? 'failed' : 'available';
  }
}

function tamperedWith(inputs: BuildInputs, tampering: Tampering | undefined): BuildInputs {
  switch (tampering) {
    case 'infrastructure': return { ...inputs, infrastructure: { ...inputs.infrastructure, 'instance profile': 'admin' } };
    case 'configuration': return { ...inputs, pipeline: { ...inputs.pipeline, 'infrastructure configuration': 'evil' } };
    default: return inputs;
  }
}
