import { App, type AppProps, type Environment, type Stack } from 'aws-cdk-lib';
import { acknowledge } from './acknowledgements';
import { DiskStack, OwnDiskStack } from './disk-stack';
import { FleetStack } from './fleet-stack';
import { LinuxStack } from './linux-stack';
import { PackerStack } from './packer-stack';
import { ParentsStack } from './parents-stack';
import { DesktopStack, WindowsStack } from './windows-stack';

/** Feature flags as a new app has them, as far as they matter here. */
const CONTEXT = {
  '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true,
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  'aws:cdk:disable-stack-trace': true,
};

/** An app that uses all of the public API at least once. Its stacks, in the order in which they are deployed. */
export function surface(
  env: Required<Environment>,
  props: AppProps = {},
): { readonly app: App; readonly stacks: Stack[] } {
  const app = new App({ context: CONTEXT, analyticsReporting: false, ...props });
  const linux = new LinuxStack(app, 'SurfaceLinux', { env });
  const windows = new WindowsStack(app, 'SurfaceWindows', { env });
  const fleets = new FleetStack(app, 'SurfaceFleets', {
    env,
    linux: linux.x86,
    arm: linux.arm,
    windows: windows.web,
  });
  const packer = new PackerStack(app, 'SurfacePacker', { env });
  const disks = [new OwnDiskStack(app, 'SurfaceOwnDisks', { env }), new DiskStack(app, 'SurfaceDisks', { env })];
  const others = [new DesktopStack(app, 'SurfaceDesktops', { env }), new ParentsStack(app, 'SurfaceParents', { env })];
  const stacks = [...disks, linux, windows, ...others, packer, fleets];
  acknowledge(app);
  return { app, stacks };
}
