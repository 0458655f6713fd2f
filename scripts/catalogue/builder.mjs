// Builds images as Image Builder does: the build phases of all components, then their validate phases; on an instance of the result, the
// test phases.
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { componentRun } from './component-run.mjs';
import { documentText } from './document-text.mjs';
import { bottom, over } from './layers.mjs';
import { timed } from './run.mjs';

/** What an instance of an image starts for its test, by a word in the name of the image. Where that is nothing, systemctl is the real one. */
const SERVICES = { nginx: ['nginx'], apache: ['apache2'], wrong: [] };

/** Test phases that need what a chroot has not, by the ends of the names of their components. */
const NOT_HERE = {
  'linux-time-sync': 'there is no network to a time server on an instance',
  'linux-cis': 'the kernel and the audit daemon are those of this machine',
  'linux-clean-for-imaging': 'systemd and cloud-init, which give an instance its identity, do not run',
};

export class Builder {
  constructor(surroundings) {
    this.surroundings = surroundings;
    this.done = new Map([[undefined, { layer: bottom(surroundings.parent) }]]);
  }

  /** Builds an image on top of the one that it stands on. */
  build(image) {
    const { layer: below, good = true } = this.done.get(image.standsOn);
    const result = good ? this.perform(image, below) : { image, good: false, phases: [], note: `${image.standsOn} failed` };
    this.done.set(image.name, result);
    return result;
  }

  perform(image, below) {
    console.log(`\n== ${image.name}${image.standsOn ? ` on ${image.standsOn}` : ''}`);
    const layer = over(below, this.surroundings.work, image.name);
    const components = image.components.map((component) => this.written(component));
    const phases = [];
    for (const phase of ['build', 'validate']) {
      const { result: good, seconds } = timed(() => components.filter(has(phase)).every((each) => this.run(each.file, phase, layer.folder, 'host', each.parameters)));
      phases.push({ phase, good, seconds });
      if (!good) return { image, layer, good, phases };
    }
    const test = this.test(image, layer, components.filter(has('test')));
    return { image, layer, good: test?.good ?? true, phases: [...phases, ...test ? [test] : []] };
  }

  /** The documents of the test phases in one, after the services have been started: all of it in one network namespace. */
  test(image, below, components) {
    const services = SERVICES[Object.keys(SERVICES).find((word) => image.name.endsWith(word))];
    const testable = components.filter(({ name }) => !saidToBeImpossible(name));
    if (!services || testable.length === 0) return undefined;
    const instance = over(below, this.surroundings.work, `${image.name}-instance`);
    if (services.length > 0) standIn(instance.folder);
    const start = { name: 'StartServices', action: 'ExecuteBash', inputs: { commands: [`set -e\nsystemctl start ${services.join(' ')}`] } };
    const steps = [
      ...services.length > 0 ? [start] : [],
      ...testable.map(({ file, name }) => {
        const inside = `/var/tmp/${name}.yaml`;
        copyFileSync(file, join(instance.folder, inside));
        return { name: `Test-${name}`, action: 'ExecuteDocument', inputs: { document: inside, phases: 'test' } };
      }),
    ];
    const document = join(this.surroundings.work, `${image.name}-test.yaml`);
    writeFileSync(document, documentText([{ name: 'test', steps }]));
    const { result: good, seconds } = timed(() => this.run(document, 'test', instance.folder, 'none'));
    return { phase: 'test', good, seconds };
  }

  /** A component with its document as a file. */
  written(component) {
    if (component.document === undefined) {
      console.log(`NOT RUN: ${component.name} is Amazon's own: its document is not here`);
      return { ...component, phases: [] };
    }
    const file = join(this.surroundings.work, `${component.name}.yaml`);
    writeFileSync(file, component.document);
    return { ...component, file, phases: parse(component.document).phases.map(({ name }) => name) };
  }

  run(file, phase, root, network, parameters = []) {
    const options = ['--root', root, '--phase', phase, '--network', network, ...parameters.flatMap((each) => ['--parameter', each])];
    return componentRun(this.surroundings, file, options).status === 0;
  }
}

function standIn(root) {
  const path = join(root, 'usr/local/sbin/systemctl');
  mkdirSync(join(root, 'usr/local/sbin'), { recursive: true });
  copyFileSync('test/catalogue/systemctl', path);
  chmodSync(path, 0o755);
}

function saidToBeImpossible(name) {
  const [, reason] = Object.entries(NOT_HERE).find(([end]) => name.endsWith(end)) ?? [];
  if (reason) console.log(`NOT PROVEN HERE: the test phase of ${name}: ${reason}`);
  return reason !== undefined;
}

const has = (phase) => ({ phases }) => phases.includes(phase);
