import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { IImage } from './image';
import type { FollowedChannel, Publisher } from '../contract';
import { ControlPlane } from '../control-plane/control-plane';
import { InvalidInputError } from '../private/errors';
import { rootStack } from '../private/stacks';
import type { Channel } from '../release/channel';

/** Where an imported image is published, as its attributes say. */
export interface ImportedFrom {
  readonly namespace: string;
  readonly ledgerTableArn?: string;
}

const imported = new WeakMap<IImage, ImportedFrom>();

export const rememberImported = (image: IImage, from: ImportedFrom): void => { imported.set(image, from); };

/** A channel as what follows it or stands on it records it: with the ledger of the stack that publishes it, where that is another one. */
export function followedChannel(scope: IConstruct, { image, channelName, parameterName }: Channel): FollowedChannel {
  const publisher = publisherOf(scope, image);
  return { image: image.imageName, channel: channelName, parameterName, ...(publisher ? { publisher } : {}) };
}

function publisherOf(scope: IConstruct, image: IImage): Publisher | undefined {
  const from = imported.get(image);
  if (from) return from.namespace === ControlPlane.of(scope).namespace ? undefined : publisherOfImported(scope, image, from);
  return rootStack(image) === rootStack(scope) ? undefined : ControlPlane.of(image).publisher;
}

function publisherOfImported(scope: IConstruct, image: IImage, { namespace, ledgerTableArn: tableArn }: ImportedFrom): Publisher {
  if (tableArn === undefined) {
    throw new InvalidInputError(scope, {
      what: `it follows the image '${image.imageName}' of another app, whose attributes have no ledgerTableArn`,
      expected: 'the ledger in which the releases of the image stand, because anybody who may write parameters can forge what stands there',
      fix: 'give ledgerTableArn to fromImageAttributes: the output GoldenImagesLedgerTableArn of the stack that declares the image',
    });
  }
  checkArn(scope, tableArn);
  return { namespace, tableArn };
}

function checkArn(scope: IConstruct, tableArn: string): void {
  if (Token.isUnresolved(tableArn)) return;
  const { account, region } = Stack.of(scope);
  const parts = /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]{3,255}$/.test(tableArn) ? Arn.split(tableArn, ArnFormat.SLASH_RESOURCE_NAME) : undefined;
  if (!parts) {
    throw new InvalidInputError(scope, {
      what: `ledgerTableArn is '${tableArn}'`, expected: 'the ARN of a DynamoDB table', fix: 'copy the output GoldenImagesLedgerTableArn of the stack that declares the image',
    });
  }
  const differs = (is: string | undefined, own: string): boolean => !Token.isUnresolved(own) && is !== own;
  if (differs(parts.account, account) || differs(parts.region, region)) {
    throw new InvalidInputError(scope, {
      what: `ledgerTableArn is in account ${parts.account} and region ${parts.region}`,
      expected: `account ${account} and region ${region}, where this is, because references into other accounts and regions are not supported yet`,
      fix: 'declare both in one account and region',
    });
  }
}
