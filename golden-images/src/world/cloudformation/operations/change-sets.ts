import { describeChangeSet, summarizeChangeSet } from './change-set-descriptions';
import type { Context } from './context';
import { checkDeployInput, deployOptions, planInput, type DeployInput } from './requests';
import { refuseBusy, refuseUpdate } from './states';
import { AwsError, NotModelled, type Operation } from '../../kernel';
import { refuseUnknown } from '../../kernel/input';
import { changesOf, changesStackItself } from '../planning/changes';
import type { ChangeSet } from '../stack/change-set';
import type { Stack } from '../stack/stack';
import { validationError } from '../template/errors';

interface CreateInput extends DeployInput {
  readonly ChangeSetName?: string;
  readonly ChangeSetType?: string;
  readonly Description?: string;
  readonly ResourcesToImport?: unknown[];
  readonly ImportExistingResources?: boolean;
}

const CREATE_MEMBERS = [
  'ChangeSetName', 'ChangeSetType', 'Description', 'ClientToken', 'UsePreviousTemplate', 'IncludeNestedStacks', 'ResourcesToImport',
  'ImportExistingResources', 'OnStackFailure', 'DeploymentMode',
];
// ImportExistingResources is accepted and imports nothing: a resource that exists already fails its creation, loudly.
/** AWS recognizes "nothing to do" by failing the change set with this reason. */
const NO_CHANGES = 'The submitted information didn\'t contain changes. Submit different information to create a change set.';

/** The operations on change sets. */
export function changeSetOperations(context: Context): Record<string, Operation> {
  return {
    CreateChangeSet: (input: CreateInput) => create(context, input),
    DescribeChangeSet: (input) => {
      refuseUnknown('cloudformation:DescribeChangeSet', input, ['StackName', 'ChangeSetName', 'NextToken', 'IncludePropertyValues']);
      const { stack, changeSet } = find(context, input);
      return describeChangeSet(stack, changeSet, input);
    },
    ListChangeSets: (input) => {
      refuseUnknown('cloudformation:ListChangeSets', input, ['StackName', 'NextToken']);
      const stack = context.stacks.get(input.StackName);
      return { Summaries: [...stack.changeSets.values()].map((changeSet) => summarizeChangeSet(stack, changeSet)) };
    },
    DeleteChangeSet: (input) => {
      refuseUnknown('cloudformation:DeleteChangeSet', input, ['StackName', 'ChangeSetName']);
      const stack = stackOf(context, input);
      const changeSet = stack && named(stack, input.ChangeSetName);
      if (changeSet) stack.changeSets.delete(changeSet.id);
      return {};
    },
    ExecuteChangeSet: (input) => execute(context, input),
  };
}

function create(context: Context, input: CreateInput): Record<string, unknown> {
  checkDeployInput('CreateChangeSet', input, CREATE_MEMBERS);
  const type = input.ChangeSetType ?? 'UPDATE';
  if ((type !== 'CREATE' && type !== 'UPDATE') || input.ResourcesToImport?.length) {
    throw new NotModelled('cloudformation:CreateChangeSet of imports');
  }
  if ('DeploymentMode' in input && input.DeploymentMode) throw new NotModelled('cloudformation:CreateChangeSet DeploymentMode');
  const stack = target(context, input.StackName!, type);
  if (named(stack, input.ChangeSetName!)) {
    throw new AwsError('AlreadyExistsException', `ChangeSet ${input.ChangeSetName} cannot be created due to a mismatch with existing attribute Template`, 409);
  }
  const changeSet = plan(context, stack, input, type);
  if (!context.stacks.all.includes(stack)) {
    context.stacks.all.push(stack);
    context.engine.journal.begin(stack);
    context.engine.journal.status(stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  }
  stack.changeSets.set(changeSet.id, changeSet);
  return { Id: changeSet.id, StackId: stack.id };
}

/** The stack that a change set is for; a new one is not known to anyone before its plan has been found good. */
function target(context: Context, name: string, type: 'CREATE' | 'UPDATE'): Stack {
  const stack = context.stacks.find(name);
  if (type === 'CREATE') {
    if (stack && stack.status !== 'REVIEW_IN_PROGRESS') throw validationError(`Stack [${name}] already exists and cannot be created again with the changeSet [CREATE].`);
    return stack ?? context.stacks.make(name);
  }
  if (!stack || stack.status === 'REVIEW_IN_PROGRESS') throw validationError(`Stack [${name}] does not exist`);
  refuseBusy(stack);
  refuseUpdate(stack);
  return stack;
}

function plan(context: Context, stack: Stack, input: CreateInput, type: 'CREATE' | 'UPDATE'): ChangeSet {
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(input.ChangeSetName ?? '')) throw validationError(`Value '${input.ChangeSetName}' at 'changeSetName' is not a valid name`);
  const deployment = context.planner.plan(planInput(input, stack, context));
  const changes = changesOf(stack, deployment, context.types);
  const empty = changes.length === 0 && !changesStackItself(stack, deployment);
  return {
    id: context.world.arn('cloudformation', `changeSet/${input.ChangeSetName}/${context.world.random.uuid()}`),
    name: input.ChangeSetName!,
    type,
    ...(input.Description ? { description: input.Description } : {}),
    createdAt: context.engine.journal.moment(),
    deployment,
    changes,
    options: deployOptions(input),
    status: empty ? 'FAILED' : 'CREATE_COMPLETE',
    executionStatus: empty ? 'UNAVAILABLE' : 'AVAILABLE',
    ...(empty ? { reason: NO_CHANGES } : {}),
  };
}

function execute(context: Context, input: DeployInput & { ChangeSetName?: string }): Record<string, unknown> {
  refuseUnknown('cloudformation:ExecuteChangeSet', input, ['StackName', 'ChangeSetName', 'ClientRequestToken', 'DisableRollback', 'RetainExceptOnCreate']);
  const { stack, changeSet } = find(context, input);
  if (changeSet.executionStatus !== 'AVAILABLE') {
    throw new AwsError('InvalidChangeSetStatus', `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`, 400);
  }
  refuseBusy(stack);
  const options = {
    ...changeSet.options,
    ...(input.DisableRollback ? { onFailure: 'DO_NOTHING' as const } : {}),
    ...(input.RetainExceptOnCreate ? { retainExceptOnCreate: true } : {}),
    ...(input.ClientRequestToken ? { clientRequestToken: input.ClientRequestToken } : {}),
  };
  // All change sets of a stack go with the execution of one of them; that one can still be described.
  stack.changeSets.clear();
  changeSet.executionStatus = 'EXECUTE_COMPLETE';
  if (changeSet.type === 'CREATE') context.engine.create(stack, changeSet.deployment, options);
  else context.engine.update(stack, changeSet.deployment, options);
  return {};
}

function stackOf(context: Context, { StackName, ChangeSetName }: { StackName?: string; ChangeSetName?: string }): Stack | undefined {
  if (StackName) return context.stacks.find(StackName);
  return context.stacks.all.find((stack) => stack.changeSets.has(ChangeSetName ?? ''));
}

function named(stack: Stack, nameOrId: string): ChangeSet | undefined {
  return [...stack.changeSets.values()].find(({ id, name }) => id === nameOrId || name === nameOrId);
}

function find(context: Context, input: { StackName?: string; ChangeSetName?: string }): { stack: Stack; changeSet: ChangeSet } {
  const stack = stackOf(context, input);
  if (!stack && input.StackName) throw validationError(`Stack [${input.StackName}] does not exist`);
  const changeSet = stack && named(stack, input.ChangeSetName ?? '');
  if (!changeSet) throw new AwsError('ChangeSetNotFound', `ChangeSet [${input.ChangeSetName}] does not exist`, 404);
  return { stack, changeSet };
}
