import { DescribeImagesCommand, type EC2Client, type Filter } from '@aws-sdk/client-ec2';
import { callAws } from './errors';
import { allPages } from './pages';
import type { AmiLookup } from '../../contract';
import type { AmiCandidate } from '../domain/lookup';
import type { AmiCandidates } from '../ports';

/** AMIs by owner and name (EC2 API reference, DescribeImages). */
export class Ec2Candidates implements AmiCandidates {
  public constructor(private readonly client: EC2Client) {}

  /** Deprecated ones of other accounts are left out unless asked for; those of our own are shown in any case (DescribeImages, `IncludeDeprecated`). */
  public async matching(lookup: AmiLookup, { deprecated } = { deprecated: false }): Promise<AmiCandidate[]> {
    const images = await allPages(async (token) => {
      const page = await callAws('ec2:DescribeImages', () => this.client.send(new DescribeImagesCommand({
        Owners: [lookup.owner], Filters: filtersOf(lookup), IncludeDeprecated: deprecated, ...(token ? { NextToken: token } : {}),
      })));
      return { items: page.Images, next: page.NextToken };
    });
    return images.flatMap(({ ImageId: id, Name: name = '', CreationDate: createdAt = '', DeprecationTime: deprecatedAt }) =>
      (id ? [{ id, name, createdAt, ...(deprecatedAt ? { deprecatedAt } : {}) }] : []));
  }
}

const filtersOf = ({ names, architecture, rootDeviceName }: AmiLookup): Filter[] => [
  { Name: 'name', Values: names },
  { Name: 'architecture', Values: [architecture] },
  { Name: 'state', Values: ['available'] },
  ...(rootDeviceName ? [{ Name: 'root-device-name', Values: [rootDeviceName] }] : []),
];
