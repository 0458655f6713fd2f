import { customResource } from './custom-resource';
import { ownOrNested } from './own-stack';
import type { DistributionProperties } from '../../contract';
import { distributions } from '../aws/connect';

const put = ({ Arn: arn, Definition: text }: DistributionProperties): Promise<void> => distributions().put(arn, JSON.parse(text));

export const handler = customResource<DistributionProperties>({
  physicalId: ({ Arn: arn }) => arn,
  create: put,
  update: put,
  delete: async ({ Arn: arn }) => {
    await distributions().remove(arn);
    return undefined;
  },
}, ownOrNested);
