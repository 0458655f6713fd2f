import { Reference, Stack, Token, Tokenization } from 'aws-cdk-lib';
import type { IImage } from './image';
import type { ComponentConfig } from '../component/component';
import { InvalidInputError } from '../private/errors';

/**
 * A component of this account by a wildcard, or without the number of its build, is whatever was created last under its name: who may create
 * components would decide what is in the image. Amazon's own, and those that another account shares, are theirs to decide.
 */
export function checkPinned(image: IImage, components: ComponentConfig[]): void {
  const open = components.find(({ componentArn }) => isOwn(image, componentArn) && namesNoBuild(componentArn));
  if (open !== undefined) {
    throw new InvalidInputError(image, {
      what: `the component '${open.componentName}' is given without the number of its build`,
      expected: 'one build of it, such as …:component/name/1.0.0/1, because whoever may create components decides what a wildcard stands for',
      fix: 'give the ARN of the build; a CfnComponent has it as attrArn',
    });
  }
}

const namesNoBuild = (arn: string): boolean =>
  /:component\/[^/]+\/[\dx]+\.[\dx]+\.[\dx]+$/.test(arn) || attributeOf(arn)?.startsWith('LatestVersion.') === true;

function attributeOf(arn: string): string | undefined {
  const token = Tokenization.reverseString(arn).firstToken;
  return token && Reference.isReference(token) ? token.displayName : undefined;
}

function isOwn(image: IImage, arn: string): boolean {
  const owner = /:([^:]+):component\//.exec(arn)?.[1];
  return owner === undefined || Token.isUnresolved(owner) || owner === Stack.of(image).account;
}
