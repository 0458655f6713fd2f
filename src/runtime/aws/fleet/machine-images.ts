import { DescribeImagesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import type { MachineImages } from '../../ports';
import { callAws } from '../errors';
import { allPages } from '../pages';

export class Ec2MachineImages implements MachineImages {
  public constructor(private readonly client: EC2Client) {}

  /**
   * By filter and not by id: one AMI that is gone must not hide the others. Those of other accounts are left out by a filter once they are
   * deprecated, although they can still be launched (EC2 user guide, "Deprecate an Amazon EC2 AMI"), unless that is asked for.
   */
  public async usable(amis: readonly string[]): Promise<string[]> {
    if (amis.length === 0) return [];
    const images = await allPages(async (token) => {
      const page = await callAws('ec2:DescribeImages', () => this.client.send(new DescribeImagesCommand({
        Filters: [{ Name: 'image-id', Values: [...amis] }], IncludeDeprecated: true, ...(token ? { NextToken: token } : {}),
      })));
      return { items: page.Images, next: page.NextToken };
    });
    return images.flatMap(({ ImageId: id, State: state }) => (id && state === 'available' ? [id] : []));
  }
}
