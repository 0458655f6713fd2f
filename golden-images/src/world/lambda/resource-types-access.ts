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

/** Lambda Developer Guide, "Creating and managing Lambda function URLs": the regions in which they are not supported. */
const WITHOUT_URLS = [
  'ap-south-2', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ap-east-2', 'ca-west-1', 'eu-south-2',
  'eu-central-2', 'il-central-1', 'me-central-1',
];

/** The physical id of a URL is the ARN of the function, with the qualifier if there is one. */
function urlType(lambda: LambdaService): ResourceType {
  const qualifierOf = (arn: string): string => parseFunctionName(arn).qualifier ?? '$LATEST';
  return {
    unrecognized: WITHOUT_URLS.includes(lambda.region),
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
