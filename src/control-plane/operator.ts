import { CfnOutput } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Alias, FunctionUrlAuthType, type FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Handler } from './handler';
import {
  OPERATOR_ALIAS, OPERATOR_FUNCTION_OUTPUT, OPERATOR_URL_OUTPUT, operatorFunctionParameterName, operatorUrlParameterName,
} from '../contract';

export interface OperatorProps {
  readonly handler: Handler;
  readonly namespace: string;
  /** Whether commands come in by a function URL; without one they are direct invocations. */
  readonly takesUrl: boolean;
}

const DESCRIPTION = 'Where commands of operators are taken';

/**
 * Where operators' commands come in: a function URL that takes only signed requests, so that AWS tells who asks; or, where there
 * is none, the function itself. Its address stands in a parameter, and among the outputs of the stack.
 *
 * The URL is on an alias of its own. Permissions for a function do not reach its aliases ("Fine-tuning the Resources and Conditions
 * sections of policies"), and the function sees how it was called: so who may invoke it cannot pass for a request of the URL.
 */
export class Operator extends Construct {
  private readonly handler: Handler;
  private readonly url?: FunctionUrl;

  public constructor(scope: Construct, id: string, { handler, namespace, takesUrl }: OperatorProps) {
    super(scope, id);
    this.handler = handler;
    if (takesUrl) {
      const alias = new Alias(this, 'Signed', { aliasName: OPERATOR_ALIAS, version: handler.lambda.latestVersion });
      this.url = alias.addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
      this.tell('Url', this.url.url, operatorUrlParameterName(namespace), OPERATOR_URL_OUTPUT);
    } else {
      this.tell('Function', this.functionArn, operatorFunctionParameterName(namespace), OPERATOR_FUNCTION_OUTPUT);
    }
    handler.allow({
      statement: new PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
      wildcards: 'The action knows no resources',
    });
  }

  /** By the URL only, where there is one: there AWS verifies who asks, and the ledger can say so. */
  public grantCommands(grantee: IGrantable): void {
    if (this.url) {
      this.url.grantInvokeUrl(grantee);
    } else {
      this.grantDirect(grantee);
    }
  }

  /** By direct invocation, for what cannot sign requests; the ledger says that the name of the caller is claimed. */
  public grantDirect(grantee: IGrantable): void {
    this.handler.lambda.grantInvokeLatestVersion(grantee);
  }

  public get functionArn(): string {
    return this.handler.lambda.functionArn;
  }

  /** Lets builds of a project say which of them made an AMI. */
  public permitProject(projectArn: string): void {
    this.handler.allow({ statement: new PolicyStatement({ actions: ['codebuild:BatchGetBuilds'], resources: [projectArn] }) });
  }

  private tell(id: string, value: string, parameterName: string, output: string): void {
    new StringParameter(this, id, { parameterName, stringValue: value, description: DESCRIPTION });
    new CfnOutput(this, 'Output', { value, description: DESCRIPTION }).overrideLogicalId(output);
  }
}
