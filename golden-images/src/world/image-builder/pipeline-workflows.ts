import { IamService } from '../iam';
import { AwsError, NotModelled, type World } from '../kernel';
import type { PipelineInput, Workflow } from './model';
import { requireKnown } from './validation';
import type { Workflows } from './workflows';

/** Source: Image Builder user guide, "Workflow resource constraints". */
const MAXIMUM_WORKFLOWS = 10;

/** What the workflows of a pipeline make of a build. */
export interface BuildPlan {
  readonly tests: boolean;
  /** Whether Windows is generalized. */
  readonly sysprep: boolean;
}

/** The workflows of pipelines. */
export class PipelineWorkflows {
  public constructor(private readonly world: World, private readonly workflows: Workflows) {}

  public validate(input: PipelineInput): void {
    const found = this.of(input);
    if (input.workflows !== undefined && input.executionRole === undefined) throw refused('An execution role is required to provide workflows');
    if (input.executionRole !== undefined) this.requireRole(input.executionRole);
    if (found.length > MAXIMUM_WORKFLOWS) throw refused(`There are ${found.length} workflows, the maximum is ${MAXIMUM_WORKFLOWS}`);
    for (const type of ['BUILD', 'DISTRIBUTION']) {
      if (found.filter((each) => each.type === type).length > 1) throw refused(`There is more than one workflow of type ${type}`);
    }
    if (found.some(({ type }) => type === 'DISTRIBUTION')) throw new NotModelled('imagebuilder: pipelines with a distribution workflow');
    const build = found.find(({ type }) => type === 'BUILD');
    if (input.workflows !== undefined && !build) throw new NotModelled('imagebuilder: pipelines without a build workflow');
    if (build && !build.actions.includes('CreateImage')) throw new NotModelled('imagebuilder: a build workflow without the step CreateImage');
    if (found.some(({ actions }) => actions.includes('WaitForAction'))) throw new NotModelled('imagebuilder: workflows that wait for an action');
  }

  /** Without a list the service runs its own; with one, what is listed and nothing else. */
  public plan(input: PipelineInput): BuildPlan {
    const enabled = input.imageTestsConfiguration?.imageTestsEnabled !== false;
    if (input.workflows === undefined) return { tests: enabled, sysprep: true };
    const found = this.of(input);
    return { tests: enabled && found.some(({ type }) => type === 'TEST'), sysprep: found.some(({ type, actions }) => type === 'BUILD' && actions.includes('RunSysPrep')) };
  }

  private of(input: PipelineInput): Workflow[] {
    return (input.workflows ?? []).map((each) => {
      requireKnown('WorkflowConfiguration', each, ['workflowArn', 'parallelGroup', 'onFailure']);
      const workflow = this.workflows.find(each.workflowArn);
      if (workflow.type !== 'TEST' && (each.parallelGroup ?? each.onFailure) !== undefined) throw refused('parallelGroup and onFailure are for test workflows');
      return workflow;
    });
  }

  /** A name or an ARN. Source: CreateImagePipeline API reference, executionRole. */
  private requireRole(role: string): void {
    const { roles } = this.world.get(IamService);
    if (!(roles.byArn(role) ?? roles.find(role))) {
      throw new AwsError('InvalidParameterValueException', `The value supplied for parameter 'executionRole' is not valid. The role does not exist: ${role}`);
    }
  }
}

const refused = (message: string): AwsError => new AwsError('InvalidParameterCombinationException', message);
