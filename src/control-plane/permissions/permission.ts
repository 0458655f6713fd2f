import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** What a function may do. */
export interface Permission {
  readonly statement: PolicyStatement;
  /** Why resources with wildcards are in it; required where there are any. */
  readonly wildcards?: string;
}

/** What permissions are given to: one policy. */
export interface Permitted {
  /** Where policy checkers look for reasons. */
  readonly scope: IConstruct;
  allow(...permissions: Permission[]): void;
}
