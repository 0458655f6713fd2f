import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import type { HclBlock } from './ast';
import { Attributes, labels, refuseOthers } from './attributes';
import { TEMPLATE_BLOCKS } from './blocks';
import { HclBuilds } from './builds';
import { HclData } from './data';
import { Evaluator } from './evaluate';
import { filesOf, isFolder, type TemplateFiles } from './folder';
import { givenValues } from './given';
import { parseJsonBody } from './json-body';
import { HclLocals } from './locals';
import { parseHcl } from './parse-body';
import { Place } from './place';
import { Scope } from './scope';
import { HclSettings } from './settings';
import { HclSources } from './sources';
import { HclSteps } from './steps';
import { Namespace, type Value } from './value';
import { HclVariables } from './variables';
import { Late } from '../template/late';
import type { Template } from '../template/model';
import { suggestion } from '../template/nearest';
import { Notices } from '../template/notices';
import { keepOnlyOf } from '../template/only';
import type { ReadOptions } from '../template/options';
import { SourceFile } from '../template/source-file';

const BLOCKS = Object.keys(TEMPLATE_BLOCKS);
const OUTSIDE = 'only what stands in a build knows its build: use it in a provisioner, or in a source that the build names';

/** Reads a template in HCL2, a file or a folder. */
export function readHclTemplate(path: string, options: ReadOptions): Template {
  const files: TemplateFiles = isFolder(path) ? filesOf(path) : { folder: dirname(path), templates: [path], automatic: [] };
  const sources = files.templates.map((file) => SourceFile.read(file));
  const bodies = sources.map((file) => ({ file, body: file.path.endsWith('.json') ? parseJsonBody(file) : parseHcl(file) }));
  for (const { body } of bodies) for (const { place } of body.attributes.values()) place.fail('an attribute stands outside of a block', `known blocks: ${BLOCKS.join(', ')}`);
  return new HclTemplate(path, files, new Place(sources[0]!, 0), options).read(bodies.flatMap(({ body }) => body.blocks));
}

class HclTemplate {
  private readonly notices = new Notices();
  private readonly evaluator: Evaluator;
  private readonly settings: HclSettings;
  private readonly variables: HclVariables;
  private readonly locals: HclLocals;
  private readonly data: HclData;
  private readonly sources = new HclSources();
  private readonly scope: Scope;

  public constructor(path: string, files: TemplateFiles, private readonly start: Place, private readonly options: ReadOptions) {
    const folder = resolve(files.folder);
    this.evaluator = new Evaluator(folder, options.workingDirectory);
    this.settings = new HclSettings(this.evaluator, isFolder(path) ? `${path}/template` : path);
    this.variables = new HclVariables(this.evaluator, givenValues(files.automatic, options, start), options.environment ?? process.env);
    this.locals = new HclLocals(this.evaluator, () => this.scope);
    this.data = new HclData(this.settings, () => this.scope, options.data ?? {});
    this.scope = new Scope(new Map<string, Value>([
      ['var', this.variables.namespace], ['local', this.locals.namespace], ['data', this.data.namespace], ['path', pathNamespace(files.folder, resolve(options.workingDirectory ?? '.'))],
      ['packer', new Namespace((name) => new Late([{ call: `packer.${name}` }]))],
    ]), undefined, new Map([['source', OUTSIDE], ['build', OUTSIDE]]));
  }

  public read(blocks: ReadonlyArray<HclBlock>): Template {
    this.declare(blocks);
    this.variables.refuseUnknown(this.notices);
    this.data.refuseUnknown(this.start);
    const steps = new HclSteps(this.evaluator, this.settings, this.notices);
    const reader = new HclBuilds(this.evaluator, this.settings, this.sources, steps, this.scope, this.notices);
    const builds = blocks.filter(({ type }) => type === 'build').map((block) => reader.build(block));
    if (builds.length === 0) this.start.fail('the template has no build', 'write build { sources = […] }');
    this.locals.evaluateAll(this.notices);
    const kept = keepOnlyOf(builds, this.options, this.start.position);
    const data = this.data.all();
    const required = this.requiredVersion(blocks);
    return { format: 'hcl2', ...required, variables: this.variables.all(), builds: kept, data, notices: this.notices.all };
  }

  private declare(blocks: ReadonlyArray<HclBlock>): void {
    for (const block of blocks) {
      switch (block.type) {
        case 'variable': case 'variables': this.variables.declare(block); break;
        case 'local': case 'locals': this.locals.declare(block); break;
        case 'source': this.sources.declare(block); break;
        case 'data': this.data.declare(block); break;
        case 'packer': case 'build': case 'communicator': break;
        default: block.place.fail(`a template has no block "${block.type}"`, suggestion(block.type, BLOCKS));
      }
    }
  }

  /** Plugins are not run, so what is required of them does not matter. */
  private requiredVersion(blocks: ReadonlyArray<HclBlock>): Pick<Template, 'requiredVersion'> {
    const versions = blocks.filter(({ type }) => type === 'packer').flatMap((block) => {
      labels(block, 0, 'packer { … }');
      refuseOthers(block, ['required_version'], ['required_plugins']);
      return new Attributes(this.evaluator, this.scope, block.body).text('required_version') ?? [];
    });
    return versions.length === 0 ? {} : { requiredVersion: versions.join(', ') };
  }
}

/** The folder as it was named, or from the working directory: what is absolute would differ from machine to machine. */
function pathNamespace(folder: string, workingDirectory: string): Namespace {
  const there = relative(workingDirectory, resolve(folder)) || '.';
  const root = (isAbsolute(folder) || workingDirectory !== process.cwd() ? there : folder).split(sep).join('/');
  return new Namespace((name, place) => {
    if (name === 'root') return root;
    return name === 'cwd' ? workingDirectory : place.fail(`"path.${name}" is not known`, suggestion(name, ['root', 'cwd']));
  });
}
