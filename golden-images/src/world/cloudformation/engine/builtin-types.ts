import type { ResourceType } from '../../kernel';
import { validationError } from '../template/errors';

const noAttributes = (_physicalId: string, name: string): never => { throw validationError(`Resource has no attribute ${name}`); };

/** Types that CloudFormation itself provides and that stand for nothing outside it. */
export const builtinTypes: Readonly<Record<string, ResourceType>> = {
  'AWS::CDK::Metadata': {
    properties: { Analytics: 'update' },
    create: ({ generateName }) => generateName(),
    update: () => undefined,
    delete: () => undefined,
    attribute: noAttributes,
  },
  'AWS::CloudFormation::WaitConditionHandle': {
    properties: {},
    create: ({ generateName }) => `https://cloudformation-waitcondition.invalid/${generateName()}`,
    update: () => undefined,
    delete: () => undefined,
    attribute: noAttributes,
  },
};
