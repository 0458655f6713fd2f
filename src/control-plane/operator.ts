import { CfnOutput } from 'aws-cdk-lib';
import { PolicyStatement, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Alias, FunctionUrlAuthType, type FunctionUrl } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { Handler } from './handler';
import { OPERATOR_ALIAS, operatorUrlParameterName } from '../contract';

/**
 * Where operators' commands come in: a function URL that takes only signed requests, so that AWS tells who asks. Its address stands in a
 * parameter, and among the outputs of the stack.
 *
 * The URL is on an alias of its own. Permissions for a function do not reach its aliases ("Fine-tuning the Resources and Conditions
 * sections of policies"), and the function sees how it was called: so who may invoke it cannot pass for a request of the URL.
 */
export class Operator extends Construct {
  private readonly url: FunctionUrl;

  public constructor(scope: Construct, id: string, private readonly handler: Handler, namespace: string) {
    super(scope, id);
    this.url = new Alias(this, 'Signed', { aliasName: OPERATOR_ALIAS, version: handler.lambda.latestVersion }).addFunctionUrl({ authType: FunctionUrlAuthType.AWS_IAM });
    new StringParameter(this, 'Url', {
      parameterName: operatorUrlParameterName(namespace), stringValue: this.url.url, description: 'Where commands of operators are taken',
    });
    new CfnOutput(this, 'Output', { value: this.url.url, description: 'Where commands of operators are taken' })
      .overrideLogicalId('GoldenImagesOperatorUrl');
    handler.allow({
      statement: new PolicyStatement({ actions: ['ec2:DescribeImages'], resources: ['*'] }),
      wildcards: 'The action knows no resources',
    });
  }

  /** By the URL only: there AWS verifies who asks, and the ledger can say so. */
  public grantCommands(grantee: IGrantable): void {
    this.url.grantInvokeUrl(grantee);
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
}
