import { Lazy, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, type AddToPrincipalPolicyResult, type IPrincipal, type PolicyStatement, type PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';
import { DependencyGroup, type IConstruct } from 'constructs';
import type { BuildRole } from './build-role';
import type { ExplainedLater } from '../private/findings';
import type { ReaderOfAssets } from '../private/published';

/** A principal that keeps what it is granted until its role is known. */
class Awaiting implements IPrincipal, ExplainedLater {
  public readonly grantPrincipal: IPrincipal = this;
  public readonly assumeRoleAction = 'sts:AssumeRole';
  public readonly principalAccount: string;
  protected readonly statements: PolicyStatement[] = [];
  private readonly explanations: Array<(role: IConstruct) => void> = [];
  private readonly dependable = new DependencyGroup();
  private role?: BuildRole;

  public constructor(image: IConstruct) {
    this.principalAccount = Stack.of(image).account;
  }

  public get policyFragment(): PrincipalPolicyFragment {
    return new ArnPrincipal(Lazy.string({ produce: () => this.role!.roleArn })).policyFragment;
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.statements.push(statement);
    return { statementAdded: true, policyDependable: this.dependable };
  }

  public addToPolicy(statement: PolicyStatement): boolean {
    return this.addToPrincipalPolicy(statement).statementAdded;
  }

  public explainLater(explanation: (role: IConstruct) => void): void {
    this.explanations.push(explanation);
  }

  public settle(role: BuildRole): void {
    this.role = role;
    this.statements.forEach((statement) => this.dependable.add(role.permitRead(statement).policyDependable!));
    this.explanations.forEach((explanation) => explanation(role));
  }
}

/**
 * What is granted what the steps of an image read, until all of them are known: an image that reads nothing but what the app publishes itself is
 * built in the role that the others have, and any other in a role of its own.
 */
export class ImageReader extends Awaiting implements ReaderOfAssets {
  public readonly published: Awaiting;

  public constructor(image: IConstruct) {
    super(image);
    this.published = new Awaiting(image);
  }

  /** Whether anything is read that the app does not publish itself. */
  public get readsPrivately(): boolean {
    return this.statements.length > 0;
  }

  public override settle(role: BuildRole): void {
    super.settle(role);
    this.published.settle(role);
  }
}
