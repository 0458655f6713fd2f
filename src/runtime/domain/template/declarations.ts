import { differences } from './differences';
import { SCHEMA_VERSION, type TemplateDeclaration, type TemplateDocument } from '../../../contract';

/** A version of a launch template, as EC2 has it. */
export interface TemplateContent {
  readonly number: string;
  readonly data: object;
  readonly contentHash: string;
  readonly createdBy?: string;
}

/** The version that has what a deploy declares; or, where none has, the one that comes nearest, with the paths in which it differs. */
export type Found =
  | { readonly version: TemplateContent }
  | { readonly version: undefined; readonly nearest?: { readonly version: TemplateContent; readonly differences: readonly string[] } };

const KEPT = 20;

/**
 * By content, whoever made it: the latest version may be somebody else's, or one of the controller's, which names an AMI. Of several, the one
 * that the deploy knows as the latest, then the newest.
 */
export function findDeclared(rendered: unknown, versions: readonly TemplateContent[], latest: string): Found {
  const preferred = [...versions].sort((a, b) => Number(b.number === latest) - Number(a.number === latest) || Number(b.number) - Number(a.number));
  const judged = preferred.map((version) => ({ version, differences: differences(rendered, version.data) }));
  const [nearest] = [...judged].sort((a, b) => a.differences.length - b.differences.length);
  if (nearest?.differences.length === 0) return { version: nearest.version };
  return { version: undefined, nearest };
}

/** Whether all that remains of what is declared are versions of the controller, which name an AMI: so it was before anything was recorded. */
export const isOtherImageOnly = ({ nearest }: Extract<Found, { version: undefined }>): boolean =>
  nearest?.differences.length === 1 && nearest.differences[0] === 'ImageId';

/**
 * The document with a declaration added; undefined where it says so already. One that was made by an operation which is rolled back never
 * replaces an older one of the same content, which counts. `again`: the operation declares nothing new.
 */
export function declaredIn(
  document: TemplateDocument | undefined, templateId: string, declaration: TemplateDeclaration, again: boolean,
): TemplateDocument | undefined {
  const before = document?.declarations ?? [];
  if (before.some((each) => isSame(each, declaration) && (again || each.operation === declaration.operation))) return undefined;
  return { schemaVersion: SCHEMA_VERSION, templateId, declarations: [...before, declaration].slice(-KEPT) };
}

const isSame = (one: TemplateDeclaration, other: TemplateDeclaration): boolean =>
  one.number === other.number && one.contentHash === other.contentHash && one.overridesHash === other.overridesHash && one.stackId === other.stackId;
