import { setTimeout as sleep } from 'node:timers/promises';
import { Clients, type Side } from './side';
import { createServer } from '../../../golden-images/src/wire';
import { World } from '../../../golden-images/src/world';
import { Ec2Service } from '../../../golden-images/src/world/ec2/ec2';

/** A fresh local AWS, served over HTTP. */
export async function localAws(): Promise<Side> {
  const world = new World({ start: Date.now() });
  const server = await createServer(world);
  const clients = new Clients(server.url, server.credentials);
  const image = world.get(Ec2Service).registerImage({ name: 'another-account', description: 'Amazon Linux 2 AMI 2.0.20180810 x86_64 HVM gp2', architecture: 'x86_64', owner: '801119661308', public: true });
  return {
    name: 'local',
    facts: { image },
    call: (step, input) => clients.call(step, input),
    wait: async (seconds) => world.timeline.runUntil(world.now + seconds * 1000),
    close: async () => {
      clients.destroy();
      await server.close();
    },
  };
}

/** The moto server at an address, forgetting all it held. */
export async function moto(endpoint: string): Promise<Side> {
  await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const clients = new Clients(endpoint);
  return {
    name: 'moto',
    facts: { image: await seededImage(clients) },
    call: (step, input) => clients.call(step, input),
    wait: (seconds) => sleep(seconds * 1000),
    close: async () => clients.destroy(),
  };
}

let seeded: string | undefined;

/** One of the Linux images that moto brings along; they have the same ids after each reset. */
async function seededImage(clients: Clients): Promise<string> {
  if (seeded) return seeded;
  const Filters = [{ Name: 'architecture', Values: ['x86_64'] }, { Name: 'root-device-type', Values: ['ebs'] }, { Name: 'name', Values: ['amzn2*'] }];
  const outcome = await clients.call({ call: 'ec2:DescribeImages', input: {} }, { Filters });
  const images = 'output' in outcome ? outcome.output.Images as Array<{ ImageId: string }> : [];
  if (!images[0]) throw new Error('moto has no Linux image to begin with');
  seeded = images[0].ImageId;
  return seeded;
}
