import { AwsError, NotModelled, refuseUnknown, Service, type Operation, type Properties, type ResourceType } from './kernel';

interface Repository {
  readonly name: string;
  readonly createdAt: number;
  imageTagMutability: string;
  scanOnPush: boolean;
}

/** Amazon ECR: repositories without images, which is what the bootstrap stack of the CDK needs. */
export class EcrService extends Service {
  public override readonly signingName = 'ecr';
  public override readonly operations: Readonly<Record<string, Operation>> = {
    CreateRepository: (input) => {
      refuseUnknown('ecr:CreateRepository', input, ['repositoryName', 'tags', 'imageTagMutability', 'imageScanningConfiguration']);
      return { repository: this.describe(this.create(input.repositoryName, input.imageTagMutability, input.imageScanningConfiguration?.scanOnPush)) };
    },
    DescribeRepositories: (input) => {
      refuseUnknown('ecr:DescribeRepositories', input, ['repositoryNames', 'registryId']);
      const names = input.repositoryNames as string[] | undefined;
      const found = names ? names.map((name) => this.required(name)) : [...this.repositories.values()];
      return { repositories: found.map((repository) => this.describe(repository)) };
    },
    DeleteRepository: (input) => {
      const repository = this.describe(this.required(input.repositoryName));
      this.repositories.delete(input.repositoryName);
      return { repository };
    },
  };

  public override readonly resourceTypes: Readonly<Record<string, ResourceType>> = { 'AWS::ECR::Repository': this.repositoryType() };

  private readonly repositories = new Map<string, Repository>();

  private create(name: string, imageTagMutability = 'MUTABLE', scanOnPush = false): Repository {
    if (!/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(name)) {
      throw new AwsError('InvalidParameterException', `Invalid parameter at 'repositoryName': '${name}'`);
    }
    if (this.repositories.has(name)) {
      throw new AwsError('RepositoryAlreadyExistsException', `The repository with name '${name}' already exists in the registry with id '${this.world.account}'`);
    }
    const repository = { name, createdAt: this.world.now, imageTagMutability, scanOnPush };
    this.repositories.set(name, repository);
    return repository;
  }

  private required(name: string): Repository {
    const repository = this.repositories.get(name);
    if (repository) return repository;
    throw new AwsError('RepositoryNotFoundException', `The repository with name '${name}' does not exist in the registry with id '${this.world.account}'`);
  }

  private describe(repository: Repository): Record<string, unknown> {
    return {
      repositoryName: repository.name,
      repositoryArn: this.world.arn('ecr', `repository/${repository.name}`),
      repositoryUri: `${this.world.account}.dkr.ecr.${this.world.region}.amazonaws.com/${repository.name}`,
      registryId: this.world.account,
      createdAt: new Date(repository.createdAt),
      imageTagMutability: repository.imageTagMutability,
      imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
    };
  }

  private repositoryType(): ResourceType {
    return {
      properties: {
        RepositoryName: 'replace',
        ImageTagMutability: 'update',
        ImageScanningConfiguration: 'update',
        LifecyclePolicy: 'update',
        RepositoryPolicyText: 'update',
        EmptyOnDelete: 'update',
        Tags: 'update',
      },
      create: (context, properties) => {
        const name = properties.RepositoryName ?? context.generateName(256).toLowerCase();
        return this.create(name, properties.ImageTagMutability, properties.ImageScanningConfiguration?.ScanOnPush).name;
      },
      update: (_context, name, properties: Properties) => {
        Object.assign(this.required(name), {
          imageTagMutability: properties.ImageTagMutability ?? 'MUTABLE', scanOnPush: properties.ImageScanningConfiguration?.ScanOnPush ?? false,
        });
      },
      delete: (_context, name) => {
        this.required(name);
        this.repositories.delete(name);
      },
      attribute: (name, attribute) => {
        const { repositoryArn, repositoryUri } = this.describe(this.required(name));
        if (attribute === 'Arn') return repositoryArn;
        if (attribute === 'RepositoryUri') return repositoryUri;
        throw new NotModelled(`the attribute ${attribute} of AWS::ECR::Repository`);
      },
    };
  }
}
