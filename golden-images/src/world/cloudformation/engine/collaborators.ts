import { NotModelled, type Service } from '../../kernel';

/** What CloudFormation needs of other services. */
export interface ParameterStore {
  value(name: string): string | undefined;
}

export interface ObjectStore {
  object(bucket: string, key: string): Uint8Array | undefined;
}

export interface Functions {
  invoke(functionNameOrArn: string, payload: unknown): Promise<{ payload?: unknown; functionError?: string }>;
}

export interface Images {
  image(id: string): unknown;
}

/** The services that CloudFormation calls, found by the name under which they sign. */
export class Collaborators {
  private readonly services = new Map<string, Service>();

  public add(service: Service): void {
    this.services.set(service.signingName, service);
  }

  public get parameterStore(): ParameterStore {
    return this.find<ParameterStore>('ssm');
  }

  public get objectStore(): ObjectStore {
    return this.find<ObjectStore>('s3');
  }

  public get functions(): Functions {
    return this.find<Functions>('lambda');
  }

  public get images(): Images {
    return this.find<Images>('ec2');
  }

  private find<T>(signingName: string): T {
    const service = this.services.get(signingName);
    if (!service) throw new NotModelled(`the service ${signingName}, which this template needs`);
    return service as unknown as T;
  }
}
