/** The states of an image in the order in which a successful build passes them. Source: Image Builder API reference, ImageState. */
export type ImageStatus =
  | 'PENDING' | 'CREATING' | 'BUILDING' | 'TESTING' | 'DISTRIBUTING' | 'AVAILABLE' | 'FAILED' | 'CANCELLED' | 'DELETED';

export interface Component {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly data: string;
  readonly description?: string;
  readonly dateCreated: number;
  readonly tags: Record<string, string>;
}

export type WorkflowType = 'BUILD' | 'TEST' | 'DISTRIBUTION';

/** A step of a workflow document. */
export interface WorkflowStep {
  readonly name: string;
  readonly action: string;
  readonly inputs?: Record<string, unknown>;
  readonly if?: unknown;
  readonly onFailure?: string;
  readonly timeoutSeconds?: number;
}

export interface Workflow {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly type: WorkflowType;
  readonly data: string;
  /** The actions of its steps, in order. */
  readonly actions: readonly string[];
  readonly description?: string;
  readonly changeDescription?: string;
  readonly dateCreated: number;
  readonly tags: Record<string, string>;
}

export interface Recipe {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly parentImage: string;
  readonly platform: string;
  readonly components: Array<{ componentArn: string; parameters?: unknown[] }>;
  /** The members of the request, as they were given. */
  readonly input: Record<string, unknown>;
  readonly dateCreated: number;
}

/** An infrastructure or distribution configuration. */
export interface Configuration {
  readonly arn: string;
  readonly name: string;
  readonly dateCreated: number;
  dateUpdated?: number;
  input: Record<string, unknown>;
}

/** What a build is made with beside its recipe, as it was when the build began (assumption: image-keeps-configurations). */
export interface BuiltWith {
  readonly infrastructure: Configuration;
  readonly distribution?: Configuration;
  readonly pipeline: PipelineInput;
}

export interface Schedule {
  readonly scheduleExpression: string;
  readonly timezone?: string;
  readonly pipelineExecutionStartCondition?: string;
}

export interface Pipeline {
  readonly arn: string;
  readonly name: string;
  input: PipelineInput;
  dateLastRun?: number;
  /** What the last build was made of, to tell whether a dependency has an update. */
  lastDependencies?: string;
}

export interface PipelineInput {
  readonly name: string;
  readonly imageRecipeArn: string;
  readonly infrastructureConfigurationArn: string;
  readonly distributionConfigurationArn?: string;
  readonly schedule?: Schedule;
  readonly status?: string;
  readonly imageTestsConfiguration?: { imageTestsEnabled?: boolean };
  readonly workflows?: ReadonlyArray<{ workflowArn: string; parallelGroup?: string; onFailure?: string }>;
  readonly executionRole?: string;
  readonly imageTags?: Record<string, string>;
  readonly tags?: Record<string, string>;
  readonly [member: string]: unknown;
}

export interface Image {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly build: number;
  readonly platform: string;
  /** Recipe and pipeline that built it; an imported image has neither. */
  readonly recipe?: Recipe;
  readonly pipelineArn?: string;
  readonly builtWith?: BuiltWith;
  readonly dateCreated: number;
  readonly tags: Record<string, string>;
  /** Started by the pipeline's schedule, not by a call. */
  readonly scheduled: boolean;
  status: ImageStatus;
  reason?: string;
  ami?: { id: string; name: string };
}
