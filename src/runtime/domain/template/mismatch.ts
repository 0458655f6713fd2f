import type { Found } from './declarations';

/** As many paths as there is room for in the answer to CloudFormation. */
const SHOWN = 8;

/** Why a deploy fails whose launch template has no version of what the stack declares. */
export function mismatch(templateId: string, latest: string, { nearest }: Extract<Found, { version: undefined }>): string {
  const near = nearest
    ? `the nearest, version ${nearest.version.number} by ${nearest.version.createdBy ?? 'somebody'}, differs in ${listed(nearest.differences)}`
    : 'it has no versions';
  return `no version of the launch template ${templateId} is what the stack declares (latest version: ${latest}): ${near}; expected the version that this deploy `
    + 'made; find out in AWS CloudTrail who made or deleted versions meanwhile (CreateLaunchTemplateVersion, DeleteLaunchTemplateVersions), then deploy again; '
    + 'where nobody did, this library reads the member wrongly: report it';
}

function listed(paths: readonly string[]): string {
  const rest = paths.length - SHOWN;
  return `${paths.slice(0, SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
