import type { Context } from './context';
import { checkDeployInput, checkDeploymentConfig, deployOptions, planInput, type DeployInput } from './requests';
import { refuseBusy, refuseUpdate } from './states';
import { AwsError, NotModelled, type Operation } from '../../kernel';
import { refuseUnknown } from '../../kernel/input';
import { changesOf, changesStackItself } from '../planning/changes';
import type { Stack } from '../stack/stack';
import { validationError } from '../template/errors';

/** The operations that change stacks. */
export function stackOperations(context: Context): Record<string, Operation> {
  return {
    CreateStack: (input) => create(context, input),
    UpdateStack: (input) => update(context, input),
    DeleteStack: (input) => remove(context, input),
    RollbackStack: (input) => rollBack(context, input),
    ContinueUpdateRollback: (input) => continueRollback(context, input),
    UpdateTerminationProtection: (input) => {
      refuseUnknown('cloudformation:UpdateTerminationProtection', input, ['StackName', 'EnableTerminationProtection']);
      const stack = context.stacks.get(input.StackName);
      stack.terminationProtection = input.EnableTerminationProtection;
      return { StackId: stack.id };
    },
  };
}

function create(context: Context, input: DeployInput & { EnableTerminationProtection?: boolean }): Record<string, unknown> {
  checkDeployInput('CreateStack', input, ['ClientRequestToken', 'DisableRollback', 'OnFailure', 'EnableTerminationProtection', 'RetainExceptOnCreate']);
  if (input.OnFailure !== undefined && input.DisableRollback !== undefined) throw validationError('You can specify either DisableRollback or OnFailure, but not both.');
  const existing = context.stacks.find(input.StackName!);
  if (existing && existing.status !== 'REVIEW_IN_PROGRESS') throw new AwsError('AlreadyExistsException', `Stack [${input.StackName}] already exists`, 400);
  const stack = existing ?? context.stacks.make(input.StackName!);
  const deployment = context.planner.plan(planInput(input, stack, context));
  if (!existing) context.stacks.all.push(stack);
  stack.terminationProtection = input.EnableTerminationProtection ?? false;
  context.engine.create(stack, deployment, deployOptions(input));
  return { StackId: stack.id };
}

function update(context: Context, input: DeployInput): Record<string, unknown> {
  checkDeployInput('UpdateStack', input, ['ClientRequestToken', 'DisableRollback', 'UsePreviousTemplate', 'RetainExceptOnCreate']);
  const stack = context.stacks.find(input.StackName!);
  if (!stack || stack.status === 'REVIEW_IN_PROGRESS') throw validationError(`Stack [${input.StackName}] does not exist`);
  refuseBusy(stack);
  refuseUpdate(stack);
  const deployment = context.planner.plan(planInput(input, stack, context));
  if (changesOf(stack, deployment, context.types).length === 0 && !changesStackItself(stack, deployment)) {
    throw validationError('No updates are to be performed.');
  }
  // What was planned against the stack as it was is not to be executed any more.
  for (const changeSet of stack.changeSets.values()) changeSet.executionStatus = 'OBSOLETE';
  context.engine.update(stack, deployment, deployOptions(input));
  return { StackId: stack.id };
}

interface DeleteInput {
  readonly StackName?: string;
  readonly RetainResources?: readonly string[];
  readonly RoleARN?: string;
  readonly ClientRequestToken?: string;
  readonly DeletionMode?: string;
  readonly DeploymentConfig?: DeployInput['DeploymentConfig'];
}

function remove(context: Context, input: DeleteInput): Record<string, unknown> {
  refuseUnknown('cloudformation:DeleteStack', input, ['StackName', 'RetainResources', 'RoleARN', 'ClientRequestToken', 'DeletionMode', 'DeploymentConfig']);
  checkDeploymentConfig('DeleteStack', input.DeploymentConfig);
  if (input.DeletionMode !== undefined && input.DeletionMode !== 'STANDARD') throw new NotModelled(`cloudformation:DeleteStack DeletionMode ${input.DeletionMode}`);
  const stack = context.stacks.find(input.StackName ?? '');
  // Deleting a stack that is not there, or being deleted, succeeds.
  if (!stack || stack.gone || stack.status === 'DELETE_IN_PROGRESS') return {};
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  }
  refuseBusy(stack);
  if (input.RetainResources?.length && stack.status !== 'DELETE_FAILED') {
    throw validationError(`Invalid operation on stack [${stack.id}]. Specify which resources to retain only when the stack is in the DELETE_FAILED state.`);
  }
  stack.roleArn = input.RoleARN ?? stack.roleArn;
  context.engine.delete(stack, input.RetainResources ?? [], input.ClientRequestToken);
  return {};
}

function rollBack(context: Context, input: DeployInput): Record<string, unknown> {
  refuseUnknown('cloudformation:RollbackStack', input, ['StackName', 'RoleARN', 'ClientRequestToken', 'RetainExceptOnCreate']);
  const stack = inState(context, input.StackName!, ['CREATE_FAILED', 'UPDATE_FAILED'], 'RollbackStack');
  stack.roleArn = input.RoleARN ?? stack.roleArn;
  context.engine.rollBack(stack, input.RetainExceptOnCreate ?? false, input.ClientRequestToken);
  return { StackId: stack.id };
}

function continueRollback(context: Context, input: DeployInput & { ResourcesToSkip?: readonly string[] }): Record<string, unknown> {
  refuseUnknown('cloudformation:ContinueUpdateRollback', input, ['StackName', 'RoleARN', 'ClientRequestToken', 'ResourcesToSkip']);
  const stack = inState(context, input.StackName!, ['UPDATE_ROLLBACK_FAILED'], 'ContinueUpdateRollback');
  const skippable = (id: string): boolean => stack.resources.get(id)?.status === 'UPDATE_FAILED';
  const wrong = (input.ResourcesToSkip ?? []).filter((id) => !skippable(id));
  if (wrong.length > 0) throw validationError(`The following resource(s) [${wrong.join(', ')}] are not in UPDATE_FAILED state and cannot be skipped.`);
  stack.roleArn = input.RoleARN ?? stack.roleArn;
  context.engine.continueRollback(stack, input.ResourcesToSkip ?? [], input.ClientRequestToken);
  return {};
}

function inState(context: Context, name: string, states: readonly string[], operation: string): Stack {
  const stack = context.stacks.get(name);
  if (!states.includes(stack.status)) throw validationError(`Stack:${stack.id} is in ${stack.status} state and can not be used by ${operation}.`);
  return stack;
}
