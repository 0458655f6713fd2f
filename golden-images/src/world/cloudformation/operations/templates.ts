import type { Context } from './context';
import { templateText } from './requests';
import { AwsError, NotModelled, type Operation } from '../../kernel';
import { refuseUnknown } from '../../kernel/input';
import { validationError } from '../template/errors';
import { transforms, type Template } from '../template/template';

/** The operations on templates. */
export function templateOperations(context: Context): Record<string, Operation> {
  return {
    GetTemplate: (input) => {
      refuseUnknown('cloudformation:GetTemplate', input, ['StackName', 'ChangeSetName', 'TemplateStage']);
      const stack = context.stacks.find(input.StackName ?? '');
      if (!stack) throw validationError(`Stack with id ${input.StackName} does not exist`);
      const deployment = input.ChangeSetName ? changeSetDeployment(context, stack.id, input.ChangeSetName) : stack.deployment;
      // assumption: template-of-review: a stack that is only under review has no template yet, and that is no error.
      return { ...(deployment ? { TemplateBody: deployment.text } : {}), StagesAvailable: ['Original', 'Processed'] };
    },
    ValidateTemplate: (input) => {
      refuseUnknown('cloudformation:ValidateTemplate', input, ['TemplateBody', 'TemplateURL']);
      return summary(context.planner.template(templateText(input, context.collaborators)));
    },
    GetTemplateSummary: (input) => {
      refuseUnknown('cloudformation:GetTemplateSummary', input, ['TemplateBody', 'TemplateURL', 'StackName', 'TemplateSummaryConfig']);
      const text = input.StackName ? context.stacks.get(input.StackName).deployment?.text ?? '{}' : templateText(input, context.collaborators);
      const template = context.planner.template(text);
      const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
      return { ...summary(template), ResourceTypes: types, Version: template.AWSTemplateFormatVersion ?? '2010-09-09' };
    },
    SetStackPolicy: (input) => {
      refuseUnknown('cloudformation:SetStackPolicy', input, ['StackName', 'StackPolicyBody']);
      throw new NotModelled('cloudformation:SetStackPolicy: stack policies would have to be enforced');
    },
  };
}

function changeSetDeployment(context: Context, stackId: string, name: string): { text: string } {
  const found = [...context.stacks.get(stackId).changeSets.values()].find((each) => each.name === name || each.id === name);
  if (!found) throw new AwsError('ChangeSetNotFound', `ChangeSet [${name}] does not exist`, 404);
  return found.deployment;
}

function summary(template: Template): Record<string, unknown> {
  const declared = transforms(template);
  return {
    ...(template.Description ? { Description: template.Description } : {}),
    Parameters: Object.entries(template.Parameters ?? {}).map(([ParameterKey, parameter]) => ({
      ParameterKey,
      ...(parameter.Default === undefined ? {} : { DefaultValue: String(parameter.Default) }),
      ...(parameter.Description ? { Description: parameter.Description } : {}),
      ParameterType: parameter.Type,
      NoEcho: String(parameter.NoEcho ?? false) === 'true',
    })),
    ...(declared.length > 0 ? { DeclaredTransforms: declared } : {}),
  };
}
