/** Where a builder builds. What is named by id is there already. */
export interface InfrastructurePlan {
  readonly instanceTypes: readonly string[];
  readonly vpcId?: string;
  readonly subnetId?: string;
  readonly securityGroupId?: string;
  readonly kmsKeyId?: string;
}
