import { CfnElement, CfnResource, Stack, TagManager } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { MAX_TAGS } from '../private/limits';

/** What has more tags than AWS takes: those that it is given, and those of the stack, which CloudFormation gives to every resource. */
export function tagProblems(scope: IConstruct): string[] {
  const resources = scope.node.findAll().filter((each): each is CfnResource => CfnElement.isCfnElement(each) && CfnResource.isCfnResource(each));
  return resources.flatMap((resource) => {
    const count = tagsOf(resource).length;
    return count <= MAX_TAGS ? [] : [
      `${resource.node.path}: the resource has ${count} tags; expected at most ${MAX_TAGS}, its own and those of the stack together; remove ${count - MAX_TAGS} of them, `
      + 'or keep some from it with Tags.of(…).remove(…)',
    ];
  });
}

function tagsOf(resource: CfnResource): string[] {
  const manager = TagManager.of(resource);
  if (!manager) { return []; }
  return [...new Set([...Object.keys(manager.tagValues()), ...Object.keys(Stack.of(resource).tags.tagValues())])];
}
