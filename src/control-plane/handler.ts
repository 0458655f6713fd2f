import { Duration, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { handlerFolder } from './package-root';
import type { Permission, Permitted } from './permissions';
import { explain, explainWildcards } from '../private/findings';

export const CONTROLLER_TIMEOUT = Duration.minutes(1);

export interface HandlerProps {
  /** Folder under `assets/handlers`. */
  readonly handler: string;
  readonly description: string;
  readonly environment: Record<string, string>;
  readonly logGroup: ILogGroup;
  readonly timeout: Duration;
}

/** Lambda calls a function that failed again after one and after two minutes ("How Lambda handles errors and retries with asynchronous invocation"). */
const RETRY_DELAYS = Duration.minutes(3);

/** A Lambda function of this package, with a role that may do only what it is given by `allow`. */
export class Handler extends Construct implements Permitted {
  public readonly lambda: LambdaFunction;
  public readonly scope = this;
  /**
   * How long CloudFormation waits for the answer of a custom resource behind this function: long enough for one that was killed at the end of
   * its time and called again. Without it a stack waits an hour for a function that cannot answer.
   */
  public readonly responseTimeout: Duration;
  public readonly role: Role;
  /** Minimized whatever the feature flags of the app say: the inline policies of a role hold 10,240 characters. */
  private readonly policy = new PolicyDocument({ minimize: true });

  public constructor(scope: Construct, id: string, props: HandlerProps) {
    super(scope, id);
    this.responseTimeout = props.timeout.plus(props.timeout).plus(RETRY_DELAYS);
    // The policy is part of the role: one resource less, and the function never runs before it is in force.
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { Handler: this.policy },
    });
    explain(this, 'IAMNoInlinePolicy', 'LambdaConcurrency', 'LambdaDLQ', 'LambdaInsideVPC', 'LambdaTracing');
    this.allow({
      statement: new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [props.logGroup.logGroupArn] }),
    });
    this.lambda = new LambdaFunction(this, 'Resource', {
      runtime: Runtime.NODEJS_24_X,
      code: Code.fromAsset(handlerFolder(props.handler)),
      handler: 'index.handler',
      description: props.description,
      environment: props.environment,
      logGroup: props.logGroup,
      loggingFormat: this.loggingFormat(),
      memorySize: 512,
      timeout: props.timeout,
      role: this.role.withoutPolicyUpdates(),
    });
  }

  /**
   * "JSON log formatting is not available" (AWS GovCloud (US) User Guide, "AWS Lambda in AWS GovCloud (US)"): lines that the functions write
   * are JSON all the same, those of Lambda itself are not.
   */
  private loggingFormat(): LoggingFormat | undefined {
    return Stack.of(this).region.startsWith('us-gov-') ? undefined : LoggingFormat.JSON;
  }

  public allow(...permissions: Permission[]): void {
    permit(this, this.policy, permissions);
  }

  /** An inline policy that is a resource of its own, for what comes after the role. */
  public ownPolicy(id: string): Permitted {
    const policy = new Policy(this, id, { roles: [this.role], document: new PolicyDocument({ minimize: true }) });
    return { scope: policy, allow: (...permissions) => permit(policy, policy.document, permissions) };
  }

  /** A policy beside the first, for what that has no room for. */
  public furtherPolicy(id: string): Permitted {
    const policy = new ManagedPolicy(this, id, { roles: [this.role], document: new PolicyDocument({ minimize: true }) });
    return { scope: policy, allow: (...permissions) => permit(policy, policy.document, permissions) };
  }
}

function permit(scope: Construct, document: PolicyDocument, permissions: Permission[]): void {
  permissions.forEach(({ statement, wildcards }) => {
    document.addStatements(statement);
    explainWildcards(scope, statement.resources, wildcards);
  });
}
