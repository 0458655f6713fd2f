import { Stack } from 'aws-cdk-lib';
import {
  ManagedPolicy, PolicyDocument, Role, ServicePrincipal, type AddToPrincipalPolicyResult, type IManagedPolicy, type Policy, type PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Permission } from '../control-plane/permissions';
import { explain, explainWildcards } from '../private/findings';

/**
 * Statements that stand in one policy. A managed policy holds 6,144 characters, the inline policies of a role together 10,240, of which what
 * every build may do takes some; an object takes 150 where its name is as long as that of an asset (IAM and AWS STS quotas, IAM User Guide).
 */
const READS_PER_POLICY = 40;

/** The role of build and test instances. */
export class BuildRole extends Role {
  private readonly reads = new Map<string, AddToPrincipalPolicyResult>();
  private readonly followers: BuildRole[] = [];
  private readonly given: Array<(role: BuildRole) => void> = [];
  private further?: PolicyDocument;

  public constructor(scope: Construct, id: string, permissions: Permission[]) {
    super(scope, id, {
      description: 'Build and test instances of images',
      assumedBy: new ServicePrincipal('ec2.amazonaws.com'),
      inlinePolicies: { Build: new PolicyDocument({ minimize: true, statements: permissions.map(({ statement }) => statement) }) },
    });
    explain(this, 'IAMNoInlinePolicy');
    permissions.forEach(({ statement, wildcards }) => explainWildcards(this, statement.resources, wildcards));
  }

  /** What the app gives this role, before or after, is given to the other one too. */
  public lead(follower: BuildRole): void {
    this.followers.push(follower);
    this.given.forEach((give) => give(follower));
  }

  /** Lets this role alone read something, however many images of it read the same. */
  public permitRead(statement: PolicyStatement): AddToPrincipalPolicyResult {
    const content = JSON.stringify(Stack.of(this).resolve(statement.toStatementJson()));
    const result = this.reads.get(content) ?? this.addRead(statement);
    this.reads.set(content, result);
    return result;
  }

  public override addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.give((role) => role.addToPrincipalPolicy(statement.copy()));
    return super.addToPrincipalPolicy(statement);
  }

  public override addManagedPolicy(policy: IManagedPolicy): void {
    this.give((role) => role.addManagedPolicy(policy));
    super.addManagedPolicy(policy);
  }

  public override attachInlinePolicy(policy: Policy): void {
    // The one in which the CDK writes statements is of each role.
    if (policy.node.scope !== this) { this.give((role) => role.attachInlinePolicy(policy)); }
    super.attachInlinePolicy(policy);
  }

  private give(give: (role: BuildRole) => void): void {
    this.given.push(give);
    this.followers.forEach(give);
  }

  private addRead(statement: PolicyStatement): AddToPrincipalPolicyResult {
    const index = this.reads.size / READS_PER_POLICY;
    if (index < 1) { return super.addToPrincipalPolicy(statement); }
    if (Number.isInteger(index)) {
      this.further = new PolicyDocument({ minimize: true });
      new ManagedPolicy(this, `Reads${index + 1}`, { document: this.further, roles: [this] });
    }
    this.further!.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
