import type { Context } from './context';
import { describeResource, describeStack, summarizeStack } from './descriptions';
import { type Operation } from '../../kernel';
import { page, refuseUnknown } from '../../kernel/input';
import type { Stack, StackResource } from '../stack/stack';
import { validationError } from '../template/errors';

const PAGE = 100;

/** The operations that only read stacks. */
export function queryOperations(context: Context): Record<string, Operation> {
  const { stacks } = context;
  return {
    DescribeStacks: (input) => {
      refuseUnknown('cloudformation:DescribeStacks', input, ['StackName', 'NextToken']);
      if (input.StackName) return { Stacks: [describeStack(stacks.get(input.StackName))] };
      const { items, NextToken } = page(stacks.all.filter(({ gone }) => !gone), PAGE, input.NextToken);
      return { Stacks: items.map(describeStack), NextToken };
    },
    ListStacks: (input) => {
      refuseUnknown('cloudformation:ListStacks', input, ['StackStatusFilter', 'NextToken']);
      const wanted = stacks.all.filter(({ status }) => !input.StackStatusFilter?.length || input.StackStatusFilter.includes(status));
      const { items, NextToken } = page(wanted, PAGE, input.NextToken);
      return { StackSummaries: items.map(summarizeStack), NextToken };
    },
    DescribeStackEvents: (input) => {
      refuseUnknown('cloudformation:DescribeStackEvents', input, ['StackName', 'NextToken']);
      const stack = existing(context, input.StackName);
      const { items, NextToken } = page([...stack.events].reverse(), PAGE, input.NextToken);
      return { StackEvents: items, NextToken };
    },
    ...resourceQueries(context),
    ListExports: (input) => {
      refuseUnknown('cloudformation:ListExports', input, ['NextToken']);
      const { items, NextToken } = page(stacks.exports(), PAGE, input.NextToken);
      return { Exports: items, NextToken };
    },
    ListImports: (input) => {
      refuseUnknown('cloudformation:ListImports', input, ['ExportName', 'NextToken']);
      const Imports = stacks.importers(input.ExportName);
      if (Imports.length === 0) throw validationError(`Export '${input.ExportName}' is not imported by any stack.`);
      return { Imports };
    },
  };
}

function resourceQueries(context: Context): Record<string, Operation> {
  return {
    DescribeStackResource: (input) => {
      refuseUnknown('cloudformation:DescribeStackResource', input, ['StackName', 'LogicalResourceId']);
      const stack = existing(context, input.StackName);
      const resource = stack.resources.get(input.LogicalResourceId);
      if (!resource) throw validationError(`Resource ${input.LogicalResourceId} does not exist for stack ${stack.name}`);
      const Metadata = JSON.stringify(resource.definition.Metadata ?? {});
      return { StackResourceDetail: { ...common(stack), ...describeResource(resource), LastUpdatedTimestamp: new Date(resource.at), Metadata } };
    },
    DescribeStackResources: (input) => {
      refuseUnknown('cloudformation:DescribeStackResources', input, ['StackName', 'LogicalResourceId', 'PhysicalResourceId']);
      const stack = input.StackName ? existing(context, input.StackName) : owner(context, input.PhysicalResourceId);
      const wanted = (resource: StackResource): boolean => (input.LogicalResourceId === undefined || resource.logicalId === input.LogicalResourceId)
        && (input.PhysicalResourceId === undefined || resource.physicalId === input.PhysicalResourceId);
      const found = [...stack.resources.values()].filter(wanted);
      return { StackResources: found.map((resource) => ({ ...common(stack), ...describeResource(resource), Timestamp: new Date(resource.at) })) };
    },
    ListStackResources: (input) => {
      refuseUnknown('cloudformation:ListStackResources', input, ['StackName', 'NextToken']);
      const { items, NextToken } = page([...existing(context, input.StackName).resources.values()], PAGE, input.NextToken);
      const summaries = items.map((resource) => ({ ...describeResource(resource), LastUpdatedTimestamp: new Date(resource.at) }));
      return { StackResourceSummaries: summaries, NextToken };
    },
  };
}

/** These operations word it differently from DescribeStacks, and clients go by the words. */
function existing(context: Context, name: string): Stack {
  const stack = context.stacks.find(name);
  if (!stack) throw validationError(`Stack [${name}] does not exist`);
  return stack;
}

function owner(context: Context, physicalId: string): Stack {
  const stack = context.stacks.all.find((each) => [...each.resources.values()].some((resource) => resource.physicalId === physicalId));
  if (!stack) throw validationError(`Stack for ${physicalId} does not exist`);
  return stack;
}

const common = (stack: Stack): Record<string, unknown> => ({ StackName: stack.name, StackId: stack.id });
