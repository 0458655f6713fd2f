import { JsonBlocks } from './blocks';
import { parseJson, type JsonNode, type JsonObject } from './parse';
import { JsonSettings } from './settings';
import { Shape } from './shape';
import { JsonVariables, scalarText } from './variables';
import { engineFunctions, textArgument } from '../template/interpolation/functions';
import type { EngineFunction } from '../template/interpolation/interpolate';
import type { Template } from '../template/model';
import { suggestion } from '../template/nearest';
import { Notices } from '../template/notices';
import { keepOnly } from '../template/only';
import type { ReadOptions } from '../template/options';
import type { SourceFile } from '../template/source-file';

const SECTIONS = [
  'builders', 'provisioners', 'error-cleanup-provisioner', 'post-processors', 'variables', 'sensitive-variables', 'description', 'min_packer_version',
];

/** Reads a template in Packer's older format. */
export function readJsonTemplate(file: SourceFile, options: ReadOptions): Template {
  const shape = new Shape(file);
  const template = shape.object(parseJson(file), 'the template');
  refuseUnknownSections(file, template);
  const notices = new Notices();
  const variables = readVariables(file, template, options, notices);
  const user: EngineFunction = (args, fail) => variables.use(textArgument('user', args[0], fail), fail);
  const functions = engineFunctions(file.path).set('user', user);
  const blocks = new JsonBlocks(shape, new JsonSettings(file, notices, functions));
  const builds = [keepOnly(readBuild(shape, template, blocks), options.only, file.position(template.offset))];
  return { format: 'json', ...header(shape, template), variables: variables.all(), builds, data: [], notices: notices.all };
}

function refuseUnknownSections(file: SourceFile, template: JsonObject): void {
  for (const { name, offset } of template.members) {
    if (name === 'push') file.fail(offset, '"push" was removed from Packer', 'remove it');
    if (!name.startsWith('_') && !SECTIONS.includes(name)) file.fail(offset, `"${name}" is not a section of a template`, suggestion(name, SECTIONS));
  }
}

/** Defaults may call `env` and `user`, and nothing of the build. */
function readVariables(file: SourceFile, template: JsonObject, options: ReadOptions, notices: Notices): JsonVariables {
  const environment = options.environment ?? process.env;
  const functions = engineFunctions(file.path)
    .set('env', (args, fail) => environment[textArgument('env', args[0], fail)] ?? '')
    .set('user', (args, fail) => variables.use(textArgument('user', args[0], fail), fail));
  const settings = new JsonSettings(file, notices, functions);
  const variables: JsonVariables = new JsonVariables(file, template, options, notices, (node) =>
    settings.text(defaultText(file, node, notices), node.offset));
  return variables;
}

/** Packer wants texts, and refuses numbers and booleans that mean the same. */
function defaultText(file: SourceFile, node: JsonNode, notices: Notices): string {
  if (node.kind === 'scalar' && typeof node.value !== 'string') notices.warn(file.position(node.offset), 'read as a string: Packer refuses defaults that are none');
  return scalarText(file, node, 'the default of a variable');
}

function readBuild(shape: Shape, template: JsonObject, blocks: JsonBlocks) {
  const section = shape.member(template, 'builders');
  const builders = section ? blocks.builders(section.value) : [];
  if (builders.length === 0) shape.file.fail(section?.value.offset ?? template.offset, 'the template has no builder', 'add one to "builders"');
  const names = builders.map((builder) => builder.name!);
  const provisioners = shape.member(template, 'provisioners');
  const postProcessors = shape.member(template, 'post-processors');
  const cleanup = shape.member(template, 'error-cleanup-provisioner');
  return {
    at: shape.file.position(template.offset),
    builders,
    provisioners: provisioners ? blocks.provisioners(provisioners.value, names) : [],
    postProcessors: postProcessors ? blocks.postProcessors(postProcessors.value, names) : [],
    ...(cleanup ? { errorCleanup: blocks.provisioner(cleanup.value, names) } : {}),
  };
}

function header(shape: Shape, template: JsonObject): Pick<Template, 'description' | 'requiredVersion'> {
  const description = shape.member(template, 'description');
  const version = shape.member(template, 'min_packer_version');
  return {
    ...(description ? { description: shape.text(description.value, '"description"') } : {}),
    ...(version ? { requiredVersion: `>= ${shape.text(version.value, '"min_packer_version"')}` } : {}),
  };
}
