import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import type { Job } from './job';

export interface Synthesis {
  readonly resources: number;
  /** Of the template without white space, which is what the author can do something about. */
  readonly bytes: number;
  /** Of the file that is uploaded: the CDK indents it. */
  readonly fileBytes: number;
  /** What there is once a stack: functions, queue, ledger, rules, alarms, custom resources. */
  readonly controlPlane: { readonly resources: number; readonly bytes: number };
  /** User and system time of making the app and of its synthesis, without loading modules. */
  readonly cpuMilliseconds: number;
}

/** Synthesizes a job in this process. */
export function synthesize(job: Job, roles: number): Synthesis {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const start = process.cpuUsage();
    const stack = new Stack(new App({ analyticsReporting: false, outdir }), 'Job');
    job(stack, roles);
    const assembly = (stack.node.root as App).synth();
    const { user, system } = process.cpuUsage(start);
    const file = readFileSync(assembly.getStackArtifact(stack.artifactId).templateFullPath);
    return { ...sizes(stack, file), cpuMilliseconds: (user + system) / 1000 };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function sizes(stack: Stack, file: Buffer): Omit<Synthesis, 'cpuMilliseconds'> {
  const template = JSON.parse(file.toString());
  const plane = controlPlaneIds(stack);
  return {
    resources: Object.keys(template.Resources).length,
    bytes: Buffer.byteLength(JSON.stringify(template)),
    fileBytes: file.length,
    controlPlane: {
      resources: plane.length,
      bytes: plane.reduce((sum, id) => sum + Buffer.byteLength(JSON.stringify({ [id]: template.Resources[id] })) - 1, 0),
    },
  };
}

/** Components and the shared build infrastructure stand below the control plane, but every side has them. */
function controlPlaneIds(stack: Stack): string[] {
  return stack.node.findAll()
    .filter((each) => CfnResource.isCfnResource(each) && /^[^/]*\/GoldenImagesControlPlane\/(?!Components\/|BuildInfrastructure\/)/.test(each.node.path))
    .map((each) => stack.resolve((each as CfnResource).logicalId) as string);
}
