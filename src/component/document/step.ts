import { checkIf } from './condition';
import { checkLoop } from './loop';
import { modules, type ActionModule } from './modules';
import { checkFields, isMapping, type Mapping } from './shape';
import { shown, type Violation } from './violation';
import type { Platform } from '../../image/platform';

const fields = {
  name: { kind: 'string', required: true },
  action: { kind: 'string', required: true },
  timeoutSeconds: { kind: 'integer' },
  onFailure: { kind: 'string', values: ['Abort', 'Continue', 'Ignore'] },
  maxAttempts: { kind: 'integer' },
  // Not in the user guide, but in the samples of the service's own team (assumption: disable-logging).
  disableLogging: { kind: 'boolean' },
  inputs: { kind: 'any' },
  if: { kind: 'any' },
  loop: { kind: 'any' },
} as const;

/** One step by itself; what it refers to is checked elsewhere. */
export function checkStep(path: string, step: unknown, platform: Platform): Violation[] {
  const violations = checkFields(path, step, fields);
  if (!isMapping(step)) {
    return violations;
  }
  return [
    ...violations,
    ...checkName(`${path}.name`, step.name),
    ...checkNumbers(path, step),
    ...step.if === undefined ? [] : checkIf(`${path}.if`, step.if),
    ...step.loop === undefined ? [] : checkLoop(`${path}.loop`, step.loop),
    ...checkAction(path, step, platform),
  ];
}

/**
 * "Allowed characters are combinations of numbers [0-9], english letters [a-z,A-Z] and special characters [-_]", Image Builder says of
 * others (aws/aws-cdk#19909).
 */
const NAME = /^[A-Za-z0-9_-]+$/;

function checkName(path: string, name: unknown): Violation[] {
  // References are refused elsewhere.
  const other = name === undefined || name === null || typeof name === 'object' || String(name).includes('{{');
  return other || NAME.test(String(name))
    ? []
    : [{ path, what: `it is ${shown(name)}`, expected: 'letters, digits, - and _' }];
}

function checkNumbers(path: string, step: Mapping): Violation[] {
  const timeout = Number(step.timeoutSeconds ?? 1);
  const attempts = Number(step.maxAttempts ?? 1);
  return [
    ...Number.isNaN(timeout) || timeout === -1 || timeout >= 1 ? [] : [{ path: `${path}.timeoutSeconds`, what: `it is ${shown(step.timeoutSeconds)}`, expected: '1 or more, or -1 for never' }],
    ...Number.isNaN(attempts) || attempts >= 1 ? [] : [{ path: `${path}.maxAttempts`, what: `it is ${shown(step.maxAttempts)}`, expected: '1 or more' }],
  ];
}

function checkAction(path: string, step: Mapping, platform: Platform): Violation[] {
  if (typeof step.action !== 'string') {
    return [];
  }
  const module = Object.hasOwn(modules, step.action) ? modules[step.action] : undefined;
  if (module === undefined) {
    return [{ path: `${path}.action`, what: `'${step.action}' is no module`, expected: `one of ${Object.keys(modules).join(', ')}` }];
  }
  if (module.platform !== undefined && module.platform !== platform) {
    return [{ path: `${path}.action`, what: `'${step.action}' runs only on ${module.platform}`, expected: `a module for ${platform}` }];
  }
  return checkInputs(`${path}.inputs`, step.inputs, module, platform);
}

function checkInputs(path: string, inputs: unknown, module: ActionModule, platform: Platform): Violation[] {
  if (inputs === undefined || inputs === null) {
    return module.optional ? [] : [{ path, what: 'it is missing', expected: `a ${module.inputs} with ${Object.keys(module.fields).join(', ') || 'a comparison'}` }];
  }
  if (module.inputs === 'map') {
    return checkInput(path, inputs, module, platform);
  }
  return Array.isArray(inputs) && inputs.length > 0
    ? inputs.flatMap((each, index) => checkInput(`${path}[${index}]`, each, module, platform))
    : [{ path, what: `it is ${shown(inputs)}`, expected: `a list of maps with ${Object.keys(module.fields).join(', ')}` }];
}

function checkInput(path: string, input: unknown, module: ActionModule, platform: Platform): Violation[] {
  const violations = Object.keys(module.fields).length > 0 ? checkFields(path, input, module.fields) : [];
  if (!isMapping(input) || violations.length > 0) {
    return violations.length > 0 ? violations : [{ path, what: `it is ${shown(input)}`, expected: 'a map' }];
  }
  const foreign = platform === 'Windows' ? Object.keys(input).filter((key) => module.fields[key]?.linuxOnly) : [];
  return [
    ...foreign.map((key) => ({ path: `${path}.${key}`, what: `'${key}' is not known to Windows`, expected: 'it is left out' })),
    ...module.check?.(path, input) ?? [],
  ];
}
