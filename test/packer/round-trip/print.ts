import { bodyOf, member, variableValue, valueOf } from './print-values';
import { attributes, block, Expression, hcl, quoted, space, type HclLine, type HclValue } from '../../../golden-images/src/render/packer/hcl';
import type { Block, Build, Setting, Template, Variable } from '../../../src/packer/template/model';

/** What a builder is called in HCL2. */
export const labelOf = ({ type, name }: Block, format: Template['format']): string => {
  const given = name ?? type;
  return format === 'hcl2' && given.startsWith(`${type}.`) ? given.slice(type.length + 1) : given;
};
export const fullName = (builder: Block, format: Template['format']): string => `${builder.type}.${labelOf(builder, format)}`;

/** A template as HCL2, by the writer of `golden-images render`. */
export function printed(template: Template): string {
  const lines = [
    block('packer', [], attributes({ required_version: template.requiredVersion })),
    ...template.variables.map(variableBlock),
    ...locals(template),
    ...template.data.map((each) => block('data', [each.type, each.name!], bodyOf(each.settings))),
    ...template.builds.flatMap((build, index) => buildBlocks(build, index, template)),
  ];
  return hcl(lines.flatMap((line) => [line, space]));
}

function variableBlock({ name, description, sensitive, value }: Variable): HclLine {
  return block('variable', [name], attributes({
    description,
    sensitive: sensitive || value?.kind === 'secret' ? true : undefined,
    default: value === undefined ? undefined : variableValue(value),
  }));
}

/** Variables of JSON are gone where they are used: a local uses them. Sensitive locals are declared for those who speak of them. */
function locals({ variables, builds, data }: Template): HclLine[] {
  const used = variables.filter((each) => each.used).map(({ name }) => new Expression(member('var', name)));
  const settings = [...builds.flatMap(({ builders, provisioners, postProcessors, errorCleanup }) =>
    [...builders, ...provisioners, ...postProcessors.flat(), ...errorCleanup ? [errorCleanup] : []]), ...data]
    .flatMap((each) => [...each.settings.values(), ...[...each.overrides?.values() ?? []].flatMap((override) => [...override.values()])]);
  const secret = new Set(settings.flatMap(secretsIn).filter((name) => name.startsWith('local.')).map((name) => name.slice(6)));
  return [
    block('local', ['variables in use'], attributes({ expression: used })),
    ...[...secret].map((name) => block('local', [name], attributes({ expression: '', sensitive: true }))),
  ];
}

function secretsIn(setting: Setting): string[] {
  if (setting.kind === 'list' || setting.kind === 'map') return [...setting.value.values()].flatMap(secretsIn);
  if (setting.kind !== 'secret') return [];
  return [setting.value, ...setting.value.parts ?? []].flatMap((part) => (typeof part === 'object' && 'variable' in part ? [part.variable] : []));
}

/** Builds may call sources by the same names: each source has a name of its own, and is renamed in its build. */
function buildBlocks(build: Build, index: number, { format, builds }: Template): HclLine[] {
  const renames = builds.length > 1;
  const name = (builder: Block): string => (renames ? `${index}-${labelOf(builder, format)}` : labelOf(builder, format));
  const names = new Map(build.builders.map((builder) => [builder.name ?? builder.type, fullName(builder, format)]));
  const step = (type: string) => (each: Block): HclLine => stepBlock(type, each, names);
  return [
    ...build.builders.map((each) => block('source', [each.type, name(each)], bodyOf(each.settings))),
    block('build', [], [
      ...attributes({ name: build.name, sources: renames ? undefined : build.builders.map((each) => `source.${each.type}.${name(each)}`) }),
      ...renames ? build.builders.map((each) => block('source', [`${each.type}.${name(each)}`], attributes({ name: labelOf(each, format) }))) : [],
      ...build.provisioners.map(step('provisioner')),
      ...build.errorCleanup ? [step('error-cleanup-provisioner')(build.errorCleanup)] : [],
      ...build.postProcessors.map((chain) => (chain.length === 1 ? step('post-processor')(chain[0]!) : block('post-processors', [], chain.map(step('post-processor'))))),
    ]),
  ];
}

function stepBlock(kind: string, step: Block, names: ReadonlyMap<string, string>): HclLine {
  const named = (name: string): string => names.get(name) ?? name;
  const override: [string, HclValue][] | undefined = step.overrides && [...step.overrides].map(([name, settings]) =>
    // An override goes by the name without the type.
    [quoted(named(name).replace(/^[^.]*\./, '')), valueOf({ kind: 'map', at: step.at, value: settings })]);
  return block(kind, [step.type], [
    ...attributes({ name: step.name, only: step.only?.map(named), except: step.except?.map(named) }),
    ...override ? attributes({ override: new Expression(`{\n${hcl(override.flatMap(([name, value]) => attributes({ [name]: value })))}}`) }) : [],
    ...bodyOf(step.settings),
  ]);
}
