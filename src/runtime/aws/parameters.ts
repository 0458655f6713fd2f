import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { callAws, unless } from './errors';
import { TransientError, type Parameter, type Parameters } from '../ports';

const READ_BACK_SECONDS = 10;

/** Parameter Store. */
export class SsmParameters implements Parameters {
  public constructor(private readonly client: SSMClient) {}

  public async get(name: string): Promise<Parameter | undefined> {
    const answer = await unless(['ParameterNotFound', 'ParameterVersionNotFound'], () =>
      callAws(`read ${name}`, () => this.client.send(new GetParameterCommand({ Name: name }))));
    const { Value: value, Version: version } = answer?.Parameter ?? {};
    return value === undefined ? undefined : { value, version: version ?? 0 };
  }

  /** An `aws:ec2:image` is validated after the answer: only what reads back was written. */
  public async put(name: string, value: string, dataType: 'text' | 'aws:ec2:image'): Promise<void> {
    await callAws(`write ${name}`, () => this.client.send(new PutParameterCommand({
      Name: name, Value: value, Type: 'String', DataType: dataType, Overwrite: true,
    })));
    const found = await this.get(name);
    if (found?.value !== value) throw new TransientError(`${name} does not hold ${value} yet`, READ_BACK_SECONDS);
  }

  public async remove(name: string): Promise<void> {
    await unless(['ParameterNotFound'], () => callAws(`remove ${name}`, () => this.client.send(new DeleteParameterCommand({ Name: name }))));
  }
}
