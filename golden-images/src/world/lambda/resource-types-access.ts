import type { ResourceType } from '../kernel';
import { noAttribute, parseFunctionName } from './function';
import type { LambdaService } from './lambda';

/** Who may call a function. Recorded, not enforced. */
export function accessResourceTypes(lambda: LambdaService): Record<string, ResourceType> {
  return { 'AWS::Lambda::Permission': permissionType(lambda), 'AWS::Lambda::Url': urlType(lambda) };
}

const permissionMembers = [
  'Action', 'EventSourceToken', 'FunctionName', 'FunctionUrlAuthType', 'InvokedViaFunctionUrl', 'Principal', 'PrincipalOrgID', 'SourceAccount', 'SourceArn',
];

function permissionType(lambda: LambdaService): ResourceType {
  return {
    properties: Object.fromEntries(permissionMembers.map((name) => [name, 'replace' as const])),
    create: (context, properties) => {
      const id = context.generateName(100);
      lambda.required(properties.FunctionName).permissions.set(id, properties);
      return id;
    },
    delete: (_, id, properties) => void lambda.functions.get(parseFunctionName(properties.FunctionName).name)?.permissions.delete(id),
    attribute: (id, name) => (name === 'Id' ? id : noAttribute('AWS::Lambda::Permission', name)),
  };
}

/** The physical id of a URL is the ARN of the function, with the qualifier if there is one. */
function urlType(lambda: LambdaService): ResourceType {
  const qualifierOf = (arn: string): string => parseFunctionName(arn).qualifier ?? '$LATEST';
  return {
    properties: { TargetFunctionArn: 'replace', Qualifier: 'replace', AuthType: 'update', Cors: 'update', InvokeMode: 'update' },
    create: (_, properties) => {
      const { arn } = lambda.required(properties.TargetFunctionArn);
      const qualifier = properties.Qualifier ?? qualifierOf(properties.TargetFunctionArn);
      lambda.createUrl(arn, qualifier, properties.AuthType, properties.InvokeMode);
      return qualifier === '$LATEST' ? arn : `${arn}:${qualifier}`;
    },
    update: (_, arn, properties) => {
      const url = lambda.required(arn).urls.get(qualifierOf(arn))!;
      url.authType = properties.AuthType;
      url.invokeMode = properties.InvokeMode ?? 'BUFFERED';
    },
    delete: (_, arn) => void lambda.functions.get(parseFunctionName(arn).name)?.urls.delete(qualifierOf(arn)),
    attribute: (arn, name) => {
      if (name === 'FunctionUrl') return lambda.urlOf(lambda.required(arn).urls.get(qualifierOf(arn))!.id);
      return name === 'FunctionArn' ? arn : noAttribute('AWS::Lambda::Url', name);
    },
  };
}
