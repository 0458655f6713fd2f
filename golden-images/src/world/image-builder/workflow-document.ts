import { parse } from 'yaml';
import { AwsError } from '../kernel';
import type { WorkflowStep, WorkflowType } from './model';

const ANY: readonly WorkflowType[] = ['BUILD', 'TEST', 'DISTRIBUTION'];

/**
 * The step actions, the types of workflow that may have them, and the inputs that they must be given.
 * Source: Image Builder user guide, "Supported step actions for your workflow document".
 */
const ACTIONS: Readonly<Record<string, { readonly types: readonly WorkflowType[]; readonly inputs: readonly string[] }>> = {
  ApplyImageConfigurations: { types: ['DISTRIBUTION'], inputs: [] },
  BootstrapInstanceForContainer: { types: ANY, inputs: ['instanceId'] },
  CollectImageMetadata: { types: ['BUILD'], inputs: ['instanceId'] },
  CollectImageScanFindings: { types: ['TEST', 'DISTRIBUTION'], inputs: ['instanceId'] },
  CreateImage: { types: ANY, inputs: ['instanceId'] },
  CreateImageFromIso: { types: ANY, inputs: ['instanceId'] },
  DistributeContainerImage: { types: ['DISTRIBUTION'], inputs: ['instanceId'] },
  DistributeImage: { types: ['DISTRIBUTION'], inputs: [] },
  ExecuteComponents: { types: ANY, inputs: ['instanceId'] },
  ExecuteStateMachine: { types: ANY, inputs: ['stateMachineArn'] },
  LaunchInstance: { types: ANY, inputs: ['waitFor'] },
  ModifyImageAttributes: { types: ['DISTRIBUTION'], inputs: [] },
  RegisterImage: { types: ANY, inputs: [] },
  RunCommand: { types: ANY, inputs: ['instanceId', 'documentName'] },
  RunSysPrep: { types: ANY, inputs: ['instanceId'] },
  SanitizeInstance: { types: ANY, inputs: ['instanceId'] },
  TerminateInstance: { types: ANY, inputs: ['instanceId'] },
  WaitForAction: { types: ANY, inputs: [] },
  WaitForSSMAgent: { types: ANY, inputs: ['instanceId'] },
};

const STEP_MEMBERS = ['name', 'action', 'description', 'if', 'inputs', 'onFailure', 'rollbackEnabled', 'timeoutSeconds'];

/** "Workflow resource constraints" in the same guide. */
const MAXIMUM = { steps: 15, outputs: 25, parameters: 25 };

/** The steps of a valid workflow document. Source: Image Builder user guide, "Create a YAML workflow document". */
export function workflowSteps(data: string, type: WorkflowType): WorkflowStep[] {
  const document = read(data);
  const foreign = Object.keys(document).find((key) => !['name', 'description', 'schemaVersion', 'parameters', 'steps', 'outputs'].includes(key));
  if (foreign) throw invalid(`${foreign} is not known`);
  if (Number(document.schemaVersion) !== 1) throw invalid('schemaVersion must be 1.0');
  for (const [member, maximum] of Object.entries(MAXIMUM)) {
    const { length } = listOf(document, member);
    if (length > maximum) throw invalid(`there are ${length} ${member}, the maximum is ${maximum}`);
  }
  const steps = listOf(document, 'steps') as WorkflowStep[];
  if (steps.length === 0) throw invalid('there are no steps');
  steps.forEach((step, index) => checkStep(step, type, steps.slice(0, index)));
  for (const output of listOf(document, 'outputs')) checkReferences(output, steps, 'outputs');
  return steps;
}

function checkStep(step: WorkflowStep, type: WorkflowType, earlier: WorkflowStep[]): void {
  const wrong = (why: string): AwsError => invalid(`step ${step.name}: ${why}`);
  if (typeof step.name !== 'string' || !/^\w{3,128}$/.test(step.name)) throw wrong('the name has 3 to 128 letters, digits and _');
  if (earlier.some(({ name }) => name === step.name)) throw wrong('the name is defined twice');
  const foreign = Object.keys(step).find((key) => !STEP_MEMBERS.includes(key));
  if (foreign) throw wrong(`${foreign} is not known`);
  const action = Object.hasOwn(ACTIONS, step.action) ? ACTIONS[step.action] : undefined;
  if (!action) throw wrong(`the action ${step.action} is not known`);
  if (!action.types.includes(type)) throw wrong(`the action ${step.action} is not for workflows of type ${type}`);
  const missing = action.inputs.find((input) => step.inputs?.[input] === undefined && step.inputs?.[`${input}.$`] === undefined);
  if (missing) throw wrong(`the input ${missing} is missing`);
  if (step.onFailure !== undefined && !['Abort', 'Continue'].includes(step.onFailure)) throw wrong('onFailure is Abort or Continue');
  if (step.timeoutSeconds !== undefined && !(Number.isInteger(step.timeoutSeconds) && step.timeoutSeconds > 0)) throw wrong('timeoutSeconds is a positive number');
  checkReferences([step.inputs, step.if], earlier, step.name);
}

/** Steps may refer to what steps before them put out. */
function checkReferences(value: unknown, earlier: WorkflowStep[], where: string): void {
  for (const [, name] of JSON.stringify(value ?? '').matchAll(/\$\.stepOutputs\.(\w+)/g)) {
    if (!earlier.some((step) => step.name === name)) throw invalid(`${where}: there is no step ${name} before it`);
  }
}

function read(data: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = parse(data);
  } catch (error) {
    throw invalid((error as Error).message);
  }
  if (!document || typeof document !== 'object') throw invalid('it is no map');
  return document as Record<string, unknown>;
}

function listOf(document: Record<string, unknown>, member: string): unknown[] {
  const value = document[member] ?? [];
  if (!Array.isArray(value)) throw invalid(`${member} is no list`);
  return value;
}

const invalid = (why: string): AwsError => new AwsError('InvalidParameterValueException', `The value supplied for parameter 'data' is not valid. ${why}`);
