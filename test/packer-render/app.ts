import { App, Stack } from 'aws-cdk-lib';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage, Source, WebServer } from 'cdk-golden-images';

/** The images that `npx projen packer-render` has Packer build: a patched base, and nginx on it. */
const stack = new Stack(new App(), 'Render', { env: { account: '111122223333', region: 'eu-central-1' } });
const base = new PatchedBaseImage(stack, 'Base', {
  parent: ParentImage.fromSsmParameter('/aws/service/debian/release/12/latest/amd64'),
  schedule: BuildSchedule.daily(),
});
new RoleImage(stack, 'Web', { parent: base, components: [WebServer.nginx({ content: Source.asset('test/catalogue/site') })] });
