import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const REPOSITORY = resolve(__dirname, '../..');

const APP = `
import { App, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { InstanceType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { WebServer } from '${REPOSITORY}/src/catalog';
import { Component, Source, Step } from '${REPOSITORY}/src/component';
import { Fleet, RolloutTarget } from '${REPOSITORY}/src/fleet';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage } from '${REPOSITORY}/src/image';

const FLAGS = { '@aws-cdk/aws-autoscaling:generateLaunchTemplateInsteadOfLaunchConfig': true };
const stack = new Stack(new App({ outdir: process.argv[2], context: FLAGS }), 'Web');
const parent = new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });
const site = Component.fromSteps('Site', {
  buildSteps: [Step.download(Source.asset('site'), '/srv/www'), Step.download(Source.asset('site/index.html'), '/srv/first.html')],
});
const follows = new RoleImage(stack, 'Role', { parent, components: [WebServer.nginx(), Component.fromFile('Agent', 'agent.yaml'), site] }).latest;
const fleet = new Fleet(stack, 'Fleet', { follows });
const group = new AutoScalingGroup(stack, 'Asg', {
  vpc: new Vpc(stack, 'Vpc', { natGateways: 0 }), instanceType: new InstanceType('t3.micro'), machineImage: fleet.machineImage,
});
group.addUserData(new Asset(stack, 'Files', { path: 'site' }).s3ObjectUrl);
fleet.addTarget(RolloutTarget.autoScalingGroup(group));
(stack.node.root as App).synth();
process.stdout.write(JSON.stringify(require(process.argv[2] + '/Web.template.json')));
`;

const AGENT = 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - { name: A, action: ExecuteBash, inputs: { commands: [echo a] } }\n';

describe('the same app', () => {
  const root = mkdtempSync(join(tmpdir(), 'versioning-'));
  afterAll(() => rmSync(root, { recursive: true }));

  const write = (folder: string, page: string): string => {
    mkdirSync(join(folder, 'site'), { recursive: true });
    writeFileSync(join(folder, 'site/index.html'), page);
    writeFileSync(join(folder, 'agent.yaml'), AGENT);
    return folder;
  };

  beforeAll(() => {
    // Beside the sources, so that it finds the handlers and the modules.
    const bundle = buildSync({
      stdin: { contents: APP, resolveDir: REPOSITORY, loader: 'ts' },
      bundle: true,
      platform: 'node',
      external: ['aws-cdk-lib', 'constructs'],
      write: false,
    });
    mkdirSync(join(REPOSITORY, '.tmp'), { recursive: true });
    writeFileSync(join(REPOSITORY, '.tmp/versioning-app.js'), bundle.outputFiles[0]!.contents);
  });

  afterAll(() => rmSync(join(REPOSITORY, '.tmp/versioning-app.js')));

  const synthesize = (folder: string): { template: string; hashes: string[] } => {
    const template = execFileSync(process.execPath, [join(REPOSITORY, '.tmp/versioning-app.js'), join(folder, 'out')], {
      cwd: folder, encoding: 'utf8', env: { ...process.env, CDK_VALIDATION: 'false' }, stdio: ['ignore', 'pipe', 'ignore'],
    });
    return { template, hashes: [...template.matchAll(/\\"contentHash\\":\\"([0-9a-f]+)/g)].map(([, hash]) => hash!) };
  };

  test('gives the same template in two processes and two folders, and another hash for another asset', () => {
    const first = synthesize(write(join(root, 'one'), 'hello'));
    cpSync(join(root, 'one'), join(root, 'two/deeper'), { recursive: true, filter: (path) => !path.endsWith('out') });
    expect(synthesize(join(root, 'two/deeper')).template).toBe(first.template);
    expect(first.template).not.toContain(root);
    expect(first.hashes).toHaveLength(2);
    expect(first.template).toMatch(/"Hash":"[0-9a-f]{32}"/);

    const changed = synthesize(write(join(root, 'three'), 'good bye'));
    expect(changed.hashes[0]).toBe(first.hashes[0]);
    expect(changed.hashes[1]).not.toBe(first.hashes[1]);
  });
});
