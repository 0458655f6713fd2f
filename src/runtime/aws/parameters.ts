import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { callAws, unless } from './errors';
import { TransientError, type Parameter, type SeededParameters } from '../ports';

const READ_BACK_SECONDS = 10;
/** A pattern that somebody else gave a parameter holds for later values too, until another one is given (assumption: allowed-pattern-replaced). */
const ANYTHING = '.*';

/** Parameter Store. */
export class SsmParameters implements SeededParameters {
  public constructor(private readonly client: SSMClient) {}

  public async get(name: string): Promise<Parameter | undefined> {
    const answer = await unless(['ParameterNotFound', 'ParameterVersionNotFound'], () =>
      callAws(`ssm:GetParameter of ${name}`, () => this.client.send(new GetParameterCommand({ Name: name }))));
    const { Value: value, Version: version, DataType: dataType } = answer?.Parameter ?? {};
    return value === undefined ? undefined : { value, version: version ?? 0, ...(dataType === undefined ? {} : { dataType }) };
  }

  public async create(name: string, ami: string): Promise<void> {
    await unless(['ParameterAlreadyExists'], () => callAws(`ssm:PutParameter of ${name}`, () => this.client.send(new PutParameterCommand({
      Name: name, Value: ami, Type: 'String', DataType: 'aws:ec2:image', Overwrite: false,
    }))));
  }

  /** An image is validated after the answer: a read at once would find what was there before. */
  public async put(name: string, value: string, dataType: 'text' | 'aws:ec2:image'): Promise<void> {
    // The data type of an existing parameter cannot be changed: where somebody has made it as another one, it is made anew.
    if (dataType === 'text' && await this.isOfOtherType(name)) await this.remove(name);
    await callAws(`ssm:PutParameter of ${name}`, () => this.client.send(new PutParameterCommand({
      Name: name, Value: value, Type: 'String', DataType: dataType, Overwrite: true, AllowedPattern: ANYTHING,
    })));
    if (dataType === 'aws:ec2:image') return;
    const found = await this.get(name);
    if (found?.value !== value) throw new TransientError(`${name} does not hold ${value} yet`, READ_BACK_SECONDS);
  }

  private async isOfOtherType(name: string): Promise<boolean> {
    const found = await this.get(name);
    return found?.dataType !== undefined && found.dataType !== 'text';
  }

  public async remove(name: string): Promise<void> {
    await unless(['ParameterNotFound'], () => callAws(`ssm:DeleteParameter of ${name}`, () => this.client.send(new DeleteParameterCommand({ Name: name }))));
  }
}
