import { App, Stack } from 'aws-cdk-lib';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage, Source, WebServer } from 'cdk-golden-images';

/** The images that `npx projen catalogue` builds: a base, a baseline, and two web servers on top of it. */
const stack = new Stack(new App(), 'Catalogue', { env: { account: '111122223333', region: 'eu-central-1' } });
const content = Source.asset('test/catalogue/site');

const base = new PatchedBaseImage(stack, 'Base', { parent: ParentImage.fromSsmParameter('/aws/service/debian/release/12/latest/amd64'), schedule: BuildSchedule.daily() });
new RoleImage(stack, 'Nginx', { parent: base, components: [WebServer.nginx({ content })] });
new RoleImage(stack, 'Apache', { parent: base, components: [WebServer.apache({ content })] });
