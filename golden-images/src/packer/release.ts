import { paginateGetParameterHistory, SSMClient } from '@aws-sdk/client-ssm';
import { channelParameterName, releaseDocumentName, type ReleaseDocument } from '../../../src/contract';

/** Why there is no release; the text is for who gave the command. */
export class NoRelease extends Error {}

export interface ChannelReference {
  readonly namespace: string;
  readonly image: string;
  readonly channel: string;
  readonly region?: string;
}

/**
 * What a channel has pointed to, the present last, read with the credentials that the AWS CLI would use too. Parameter Store keeps the last
 * 100 versions of a parameter (API reference of Systems Manager, GetParameterHistory).
 */
export async function readReleases({ namespace, image, channel, region }: ChannelReference): Promise<ReleaseDocument[]> {
  const name = releaseDocumentName(channelParameterName(namespace, image, channel));
  const client = new SSMClient(region === undefined ? {} : { region });
  try {
    const history = [];
    for await (const { Parameters } of paginateGetParameterHistory({ client }, { Name: name })) history.push(...Parameters ?? []);
    return history.sort((one, other) => one.Version! - other.Version!).map(({ Value }) => JSON.parse(Value!) as ReleaseDocument);
  } catch (error) {
    const { name: code, message } = error as Error;
    throw new NoRelease(code === 'ParameterNotFound' ? `nothing is released yet: there is no parameter ${name} in this account and region` : message);
  } finally {
    client.destroy();
  }
}
