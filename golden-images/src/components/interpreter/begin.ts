import { settle } from './settle';
import { FRESH, type Frame, type Limits, type State } from './state';
import type { ComponentDocument } from '../../../../src/component/document';

export interface RunOptions {
  /** Where the document comes from. */
  readonly source?: string;
  /** Phases to run; they run in the order of the document. */
  readonly phases: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
  /** Values of Parameter Store, by name. */
  readonly stored?: Readonly<Record<string, string>>;
  readonly limits?: Partial<Limits>;
}

/** "Reboot", Retries: the automation fails after as many reboots as the SSM agent's CommandRetryLimit says, by default 15. */
const LIMITS: Limits = { reboots: 15, runs: Infinity };

/** The parameters do not fit the document. */
export class ParameterError extends Error {}

/** A run before its first step. */
export function begin(document: ComponentDocument, options: RunOptions): State {
  const frame = frameOf(document, options);
  return settle({ frames: [frame], reboots: 0, runs: 0, limits: { ...LIMITS, ...options.limits } });
}

export function frameOf(document: ComponentDocument, { source, phases, parameters, stored }: RunOptions): Frame {
  return {
    source: source ?? document.name ?? '',
    document,
    steps: document.phases.filter(({ name }) => phases.includes(name)).flatMap(({ name, steps }) => steps.map((step) => ({ phase: name, step }))),
    variables: variablesOf(document, parameters ?? {}),
    stored: stored ?? {},
    results: [],
    current: FRESH,
  };
}

/** A recipe must give each parameter that has no default, and may give no undeclared one. */
function variablesOf(document: ComponentDocument, given: Readonly<Record<string, string>>): Record<string, string> {
  const unknown = Object.keys(given).find((name) => !document.parameters.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw new ParameterError(`the document declares no parameter '${unknown}'; it declares ${listed(document.parameters)}`);
  }
  const values = [...document.parameters.map(({ name, value }) => ({ name, value: given[name] ?? value })), ...document.constants];
  const missing = values.find(({ value }) => value === undefined);
  if (missing !== undefined) {
    throw new ParameterError(`parameter '${missing.name}' has no default: give its value`);
  }
  return Object.fromEntries(values.map(({ name, value }) => [name, value!]));
}

const listed = (variables: ComponentDocument['parameters']): string => variables.map(({ name }) => name).join(', ') || 'none';
