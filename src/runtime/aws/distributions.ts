import {
  CreateDistributionConfigurationCommand, DeleteDistributionConfigurationCommand, UpdateDistributionConfigurationCommand,
  type Distribution, type ImagebuilderClient,
} from '@aws-sdk/client-imagebuilder';
import { callAws, errorName, unless } from './errors';
import { TransientError } from '../ports';

/** A distribution configuration, as its API takes it. */
export interface DistributionDefinition {
  readonly name: string;
  readonly description: string;
  readonly distributions: Distribution[];
}

/** Distribution configurations of EC2 Image Builder, by their ARN. Each call may be made again. */
export class ImageBuilderDistributions {
  public constructor(private readonly client: ImagebuilderClient) {}

  /** Makes it what is given, whether it exists or not. */
  public async put(arn: string, definition: DistributionDefinition): Promise<void> {
    if (await unless(['ResourceAlreadyExistsException'], () => this.create(definition))) return;
    const { description, distributions } = definition;
    const input = { distributionConfigurationArn: arn, description, distributions };
    await callAws('imagebuilder:UpdateDistributionConfiguration', () => this.client.send(new UpdateDistributionConfigurationCommand(input)));
  }

  public async remove(distributionConfigurationArn: string): Promise<void> {
    const command = new DeleteDistributionConfigurationCommand({ distributionConfigurationArn });
    try {
      await unless(['ResourceNotFoundException'], () => callAws('imagebuilder:DeleteDistributionConfiguration', () => this.client.send(command)));
    } catch (error) {
      // CloudFormation has deleted the pipeline before; Image Builder may not have seen that yet.
      throw errorName(error) === 'ResourceDependencyException' ? new TransientError((error as Error).message) : error;
    }
  }

  private create(definition: DistributionDefinition): Promise<unknown> {
    return callAws('imagebuilder:CreateDistributionConfiguration', () => this.client.send(new CreateDistributionConfigurationCommand(definition)));
  }
}
