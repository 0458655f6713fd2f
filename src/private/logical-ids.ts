import { createHash } from 'node:crypto';
import type { CfnElement } from 'aws-cdk-lib';

/**
 * Gives a resource with a fixed name a logical id that follows this name, and not the path of its construct. CloudFormation creates what has a
 * new logical id before it deletes what has the old one, and "resource names must be unique across all of your active stacks" (AWS
 * CloudFormation user guide, "Name type"): so a construct that moved in the tree would fail to deploy, and a custom resource that is
 * idempotent would create nothing and then delete what it had created.
 *
 * @param kind what it is, in one word; together with the name unique in the stack
 * @param name name without the namespace
 */
export function idFollowsName(resource: CfnElement, kind: string, name: string): void {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join('');
  // Other names may have the same words, such as `web-1` and `web1`.
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8).toUpperCase();
  resource.overrideLogicalId(`GoldenImages${kind}${words}${hash}`);
}
