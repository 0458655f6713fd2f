import { JsonBlocks } from './blocks';
import { parseJson, type JsonObject } from './parse';
import { JsonSettings } from './settings';
import { Shape } from './shape';
import { JsonVariables } from './variables';
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
  const notices = new Notices();
  refuseUnknownSections(file, template, notices);
  const variables = readVariables(file, template, options, notices);
  const user: EngineFunction = (args, fail, warn) => variables.useOrNothing(textArgument('user', args[0], fail), fail, warn);
  const functions = engineFunctions(file.path, options.workingDirectory).set('user', user);
  const blocks = new JsonBlocks(shape, new JsonSettings(file, notices, functions));
  const builds = [keepOnly(readBuild(shape, template, blocks), options, file.position(template.offset))];
  const declared = variables.all();
  variables.refuseUnknown();
  return { format: 'json', ...header(shape, template), variables: declared, builds, data: [], notices: notices.all };
}

function refuseUnknownSections(file: SourceFile, template: JsonObject, notices: Notices): void {
  for (const { name, offset } of template.members) {
    if (name === 'push') notices.warn(file.position(offset), '"push" is not taken over: it was removed from Packer');
    else if (!name.startsWith('_') && !SECTIONS.includes(name)) file.fail(offset, `"${name}" is not a section of a template`, suggestion(name, SECTIONS));
  }
}

/** Defaults may call `env` and `user`, and nothing of the build. */
function readVariables(file: SourceFile, template: JsonObject, options: ReadOptions, notices: Notices): JsonVariables {
  const environment = options.environment ?? process.env;
  const functions = engineFunctions(file.path, options.workingDirectory)
    .set('env', (args, fail) => environment[textArgument('env', args[0], fail)] ?? '')
    .set('user', (args, fail) => variables.use(textArgument('user', args[0], fail), fail));
  const settings = new JsonSettings(file, notices, functions);
  const variables: JsonVariables = new JsonVariables(file, template, options, notices, (text, where, offset) => settings.text(text, offset, where));
  return variables;
}

function readBuild(shape: Shape, template: JsonObject, blocks: JsonBlocks) {
  const section = shape.member(template, 'builders');
  const builders = section ? blocks.builders(section.value) : [];
  if (builders.length === 0) shape.file.fail(section?.value.offset ?? template.offset, 'the template has no builder', 'add one to "builders"');
  const provisioners = shape.member(template, 'provisioners');
  const postProcessors = shape.member(template, 'post-processors');
  const cleanup = shape.member(template, 'error-cleanup-provisioner');
  return {
    at: shape.file.position(template.offset),
    builders: builders.map(({ block }) => block),
    provisioners: provisioners ? blocks.provisioners(provisioners.value, builders) : [],
    postProcessors: postProcessors ? blocks.postProcessors(postProcessors.value, builders) : [],
    ...(cleanup ? { errorCleanup: blocks.provisioner(cleanup.value, builders) } : {}),
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
