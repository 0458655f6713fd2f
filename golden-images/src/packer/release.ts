import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { channelParameterName, releaseDocumentName, type ReleaseDocument } from '../../../src/contract';

/** Why there is no release; the text is for who gave the command. */
export class NoRelease extends Error {}

export interface ChannelReference {
  readonly namespace: string;
  readonly image: string;
  readonly channel: string;
  readonly region?: string;
}

/** What a channel points to, read with the credentials that the AWS CLI would use too. */
export async function readRelease({ namespace, image, channel, region }: ChannelReference): Promise<ReleaseDocument> {
  const name = releaseDocumentName(channelParameterName(namespace, image, channel));
  const client = new SSMClient(region === undefined ? {} : { region });
  try {
    return JSON.parse((await client.send(new GetParameterCommand({ Name: name }))).Parameter!.Value!) as ReleaseDocument;
  } catch (error) {
    const { name: code, message } = error as Error;
    throw new NoRelease(code === 'ParameterNotFound' ? `nothing is released yet: there is no parameter ${name} in this account and region` : message);
  } finally {
    client.destroy();
  }
}
