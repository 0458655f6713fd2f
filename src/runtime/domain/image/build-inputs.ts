import { cut } from './cut';
import type { BuildInputs, ComponentInput, ImageIntent, InputGroup, RegistryDocument } from '../../../contract';

/** The intent with what the registry keeps once for several images. */
export function withInfrastructure(intent: ImageIntent, { infrastructures = [] }: RegistryDocument): ImageIntent {
  const content = infrastructures.find(({ arn }) => arn === intent.inputs?.pipeline['infrastructure configuration'])?.content;
  return intent.inputs && content ? { ...intent, inputs: { ...intent.inputs, infrastructure: content } } : intent;
}

/** What of a build is not as declared, as clauses of a sentence. */
export const differences = (declared: BuildInputs, seen: BuildInputs): string[] => [
  ...inGroup(declared.recipe, seen.recipe),
  ...inGroup(declared.pipeline, seen.pipeline),
  ...(declared.infrastructure && seen.infrastructure ? inGroup(declared.infrastructure, seen.infrastructure) : []),
];

/** How members are compared that are not simply there or not: most that nobody declared may have a default of the service. */
const rules: Readonly<Record<string, (declared: unknown, seen: unknown) => boolean>> = {
  'components': components,
  'block devices': devices,
  'user data': same,
  'subnet': same,
  'security groups': same,
  'key pair': same,
  // Without it in its answer, the service tells nothing of it.
  'infrastructure configuration': (declared, seen) => isEmpty(seen) || declaredOnly(declared, seen),
  'distribution configuration': (declared, seen) => (isEmpty(declared) ? isAmazons(seen) : same(declared, seen)),
  'workflows': workflows,
  'execution role': executionRole,
};

/** What nobody declared is not compared, where no rule says otherwise. */
const declaredOnly = (declared: unknown, seen: unknown): boolean => isEmpty(declared) || contains(declared, seen);

function inGroup(declared: InputGroup, seen: InputGroup): string[] {
  return [...new Set([...Object.keys(declared), ...Object.keys(seen)])].flatMap((name) => {
    const [expected, got] = [declared[name], seen[name]];
    if (expected === '*' || (rules[name] ?? declaredOnly)(expected, got)) return [];
    return [`its ${name} ${isEmpty(got) ? 'is not set' : `is ${shown(got)}`}, declared is ${isEmpty(expected) ? 'none' : shown(expected)}`];
  });
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);

function same(declared: unknown, seen: unknown): boolean {
  return isEmpty(declared) ? isEmpty(seen) : contains(declared, seen);
}

/** Whether all that is declared is there. Templates may write numbers and booleans as text. */
function contains(declared: unknown, seen: unknown): boolean {
  if (declared === '*') return true;
  if (Array.isArray(declared)) {
    return Array.isArray(seen) && seen.length === declared.length && declared.every((each, index) => contains(each, seen[index]));
  }
  if (typeof declared !== 'object' || declared === null) return String(declared) === String(seen);
  return typeof seen === 'object' && seen !== null
    && Object.entries(declared).every(([key, value]) => contains(value, (seen as Record<string, unknown>)[key]));
}

/** In their order. A wildcard that was declared may be told as what it stood for. */
function components(declared: unknown, seen: unknown): boolean {
  const [expected, got] = [declared, seen] as [ComponentInput[] | undefined, ComponentInput[] | undefined];
  if (!expected || !got) return true;
  return expected.length === got.length && expected.every(({ componentArn, parameters }, index) =>
    standsFor(componentArn, got[index]!.componentArn) && (!parameters || contains(parameters, got[index]!.parameters)));
}

/** Encrypted as declared, and no snapshot that nobody declared. */
function devices(declared: unknown, seen: unknown): boolean {
  const [expected, got] = [declared, seen].map((list) => (list ?? []) as Device[]) as [Device[], Device[]];
  return expected.length === got.length && expected.every(({ deviceName, ebs }, index) => {
    const other = got[index]!;
    const encrypted = String(ebs?.encrypted ?? '') !== 'true' || String(other.ebs?.encrypted) === 'true';
    return deviceName === other.deviceName && encrypted && same(ebs?.snapshotId, other.ebs?.snapshotId);
  });
}

interface Device {
  readonly deviceName?: string;
  readonly ebs?: { readonly encrypted?: unknown; readonly snapshotId?: unknown };
}

/** A pipeline that lists none has those of Amazon (assumption: image-workflows). */
function workflows(declared: unknown, seen: unknown): boolean {
  const [expected, got] = [declared, seen].map((list) => (list ?? []) as WorkflowInput[]) as [WorkflowInput[], WorkflowInput[]];
  if (expected.length === 0) return got.every(({ workflowArn }) => isAmazons(workflowArn));
  return expected.length === got.length && expected.every(({ workflowArn, parameters }) =>
    got.some((other) => standsFor(workflowArn, other.workflowArn) && (!parameters || contains(parameters, other.parameters))));
}

interface WorkflowInput extends Pick<ComponentInput, 'parameters'> {
  readonly workflowArn: string;
}

/** The service-linked role, told by its ARN (IAM user guide, "Service-linked roles": its path is the service's own). */
const SERVICE_ROLE = /^arn:[^:]+:iam::\d+:role\/aws-service-role\/imagebuilder\.amazonaws\.com\/AWSServiceRoleForImageBuilder$/;

/** By name or ARN; without one, the service-linked role of Image Builder. */
function executionRole(declared: unknown, seen: unknown): boolean {
  if (isEmpty(declared)) return isEmpty(seen) || SERVICE_ROLE.test(String(seen));
  return nameOf(declared) === nameOf(seen);
}

const nameOf = (role: unknown): string => String(role).split('/').pop()!;

/** Owned by Amazon, or not there. */
const isAmazons = (arn: unknown): boolean => isEmpty(arn) || /:aws:[^:]+$/.test(String(arn));

/** Whether an ARN is another one, or one that it stands for with wildcards or without a build. */
function standsFor(declared: string, seen: string): boolean {
  if (declared === seen) return true;
  const pattern = declared.split('/').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const version = pattern.pop()!.replace(/\bx\b/g, '\\d+');
  return /[\d+x]\\\./.test(version) && new RegExp(`^${[...pattern, version].join('/')}(?:/\\d+)?$`).test(seen);
}

/** Longest text of a value in a reason: somebody may have written 16 KB of user data. */
const SHOWN = 120;

const shown = (value: unknown): string => cut(typeof value === 'string' ? value : JSON.stringify(value), SHOWN);
