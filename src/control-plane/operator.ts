import { CfnOutput, Stack } from 'aws-cdk-lib';
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
 * Where operators' commands come in: a function URL that takes only signed requests, so that AWS tells who asks; and aliases for direct
 * invocations, of which each stands for one image. Its address stands in a parameter, and among the outputs of the stack.
 *
 * The URL is on an alias of its own, too. Permissions for a function or an alias do not reach its other aliases ("Fine-tuning the Resources and
 * Conditions sections of policies"), and the function sees by which it was called: so who may invoke one cannot pass for another. Nobody is
 * given the function itself, which takes nothing.
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

  public get functionArn(): string {
    return this.handler.lambda.functionArn;
  }

  /** Whether commands come in by the function URL, too. */
  public get hasUrl(): boolean {
    return this.url !== undefined;
  }

  /** By the URL: there AWS verifies who asks, and the ledger can say so. What they may command is for the function to say. */
  public grantUrl(grantee: IGrantable): void {
    this.url?.grantInvokeUrl(grantee);
  }

  /** An alias of the function, made when something needs it: what comes by it may do what it stands for, and no more. */
  public alias(aliasName: string): Alias {
    return this.node.tryFindChild(aliasName) as Alias | undefined
      ?? new Alias(this, aliasName, { aliasName, version: this.handler.lambda.latestVersion });
  }

  /** Lets builds of a project say which of them made an AMI. */
  public permitProject(projectArn: string): void {
    this.handler.allow({ statement: new PolicyStatement({ actions: ['codebuild:BatchGetBuilds'], resources: [projectArn] }) });
  }

  /** Lets the function copy AMIs of others, each copy with a tag that says whose it is. */
  public permitCopies(): void {
    const { region, partition } = Stack.of(this);
    const resources = ['image', 'snapshot'].map((type) => `arn:${partition}:ec2:${region}::${type}/*`);
    const wildcards = 'What is copied is named by who registers it, and a copy has no id before; limited to the region of the stack';
    this.handler.allow(
      { statement: new PolicyStatement({ actions: ['ec2:CopyImage'], resources }), wildcards },
      { statement: new PolicyStatement({ actions: ['ec2:CreateTags'], resources, conditions: { StringEquals: { 'ec2:CreateAction': 'CopyImage' } } }), wildcards },
    );
  }

  private tell(id: string, value: string, parameterName: string, output: string): void {
    new StringParameter(this, id, { parameterName, stringValue: value, description: DESCRIPTION });
    new CfnOutput(this, 'Output', { value, description: DESCRIPTION }).overrideLogicalId(output);
  }
}
