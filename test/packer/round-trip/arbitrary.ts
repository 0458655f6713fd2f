import fc from 'fast-check';
import { escaped } from './engine-text';
import { AMAZON_EBS_OPTIONS } from '../../../src/packer/mapping/builders/amazon-ebs-options';
import { COMMON_OPTIONS } from '../../../src/packer/mapping/common-options';
import { MANIFEST_OPTIONS, POST_PROCESSORS } from '../../../src/packer/mapping/post-processors';
import { PROVISIONERS } from '../../../src/packer/mapping/provisioners';
import type { OptionTable } from '../../../src/packer/mapping/treatment';
import { NEVER_OVERRIDDEN } from '../../../src/packer/template/model';

/** What makes writers and readers stumble: quotes, templates, ends of lines, heredocs, letters of all kinds. */
const piece = fc.oneof(
  fc.constantFrom('"', '\\', '$', '%', '{', '}', '${', '%{', '$${', '%%{', '$$', '%%', '${var.x}', '%{ if true }', '%{ endif ~}', '~}', '{{', '}}', '{{ .Path }}',
    '{{`', '`', '\n', '\r\n', '\r', '\t', '<<EOT', 'EOT', '\nEOT\n', '<<-EOT\n  a\n  EOT', '#', '//', '/*', '*/', "'", ' ', '\u0000', '\u0007', '\u0085', '\u2028',
    '\uFEFF', 'é', 'e\u0301', '日本', '😀', '\\n', '\\u0041', '{{- x -}}', ',', '=', '[', ']', 'null', 'true', '1'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
export const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));

/** Actions of the template engine: values of the build, variables, what belongs to a provisioner. */
const action = fc.constantFrom('{{timestamp}}', '{{isotime}}', '{{isotime `2006-01-02 \\"`}}', '{{uuid}}', '{{build_name}}', '{{build_type}}', '{{build `ID`}}', '{{build `name`}}',
  '{{user `region`}}', '{{user `token`}}', '{{user `token` | upper}}', '{{user `odd name`}}', '{{user `computed`}}', '{{user `timed`}}', '{{user `odd secret`}}', '{{ .Vars }}');
const engineText = fc.oneof(
  { weight: 3, arbitrary: text.map(escaped) },
  { weight: 1, arbitrary: fc.array(fc.oneof(text.map(escaped), action), { maxLength: 4 }).map((pieces) => pieces.join('')) },
);

const scalar = fc.oneof(engineText, engineText, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));
const map = (values: fc.Arbitrary<unknown>) => fc.dictionary(fc.oneof(fc.constantFrom('A', 'Name', 'volume_size', 'a b', 'null', 'for', '1'), text), values, { maxKeys: 3 });
const value: fc.Arbitrary<unknown> = fc.oneof(
  scalar, fc.array(scalar, { maxLength: 3 }), map(scalar),
  fc.array(map(fc.oneof(scalar, fc.array(scalar, { maxLength: 2 }), map(scalar))), { maxLength: 3 }),
  fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }),
);

const mappedOf = (table: Readonly<Record<string, { readonly kind: string }>>): string[] => Object.keys(table).filter((name) => table[name]!.kind === 'mapped');
/** What an override may have. */
const own = (table: OptionTable): OptionTable => Object.fromEntries(Object.entries(table).filter(([name]) => !NEVER_OVERRIDDEN.includes(name)));
const settings = (table: OptionTable): fc.Arbitrary<Record<string, unknown>> =>
  mappedOf(table).length === 0 ? fc.constant({}) : fc
    .uniqueArray(fc.tuple(fc.constantFrom(...mappedOf(table)), value), { maxLength: 5, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries));

/** As they are written where builders are declared. */
const chosen = (names: string[]): fc.Arbitrary<string[]> => fc.subarray(names, { minLength: 1 }).map((some) => some.map(escaped));
/** What a step has beside its settings. */
const common = (names: string[], table: OptionTable): fc.Arbitrary<Record<string, unknown>> => fc.record({
  filter: fc.option(fc.oneof(chosen(names).map((only) => ({ only })), chosen(names).map((except) => ({ except }))), { nil: {}, freq: 3 }),
  override: fc.option(chosen(names).chain((keys) => fc.tuple(...keys.map((key) => settings(own(table)).map((given) => [key, given] as const)))
    .map((entries) => ({ override: Object.fromEntries(entries) }))), { nil: {}, freq: 3 }),
  name: fc.option(text.map((name) => ({ name: escaped(name) })), { nil: {}, freq: 4 }),
}).map(({ filter, override, name }) => ({ ...filter, ...override, ...name }));

const step = (type: string, table: OptionTable, names: string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.tuple(settings(table), common(names, table)).map(([given, others]) => ({ type, ...given, ...others }));
const provisioner = (names: string[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.constantFrom(...PROVISIONERS).chain(({ type, options }) => step(type, { ...COMMON_OPTIONS, ...options }, names));
const postProcessor = (names: string[]): fc.Arbitrary<unknown> =>
  fc.constantFrom(...mappedOf(POST_PROCESSORS)).chain((type) => fc.oneof(fc.constant(type), step(type, MANIFEST_OPTIONS, names)));

const builderNames = fc.uniqueArray(fc.oneof(fc.constantFrom('web', 'amazon-ebs', 'a b', 'a.b', '1'), text.filter((each) => each !== '')), { minLength: 1, maxLength: 3 });

const VARIABLES = {
  'region': 'eu-central-1',
  'token': 'x',
  'odd name': 'a${b}',
  'odd secret': 'y',
  'unused': '%{',
  'none': null,
  'computed': '{{user `region`}}-{{user `token`}}',
  'timed': 'at {{timestamp}} {{`{{`}}',
};

/** A template in the older format, of what the table of the mapping calls mapped. */
export const jsonTemplate: fc.Arbitrary<Record<string, unknown>> = builderNames.chain((names) => fc.record({
  'description': text,
  'min_packer_version': fc.constantFrom('1.6.0', '1.8.1'),
  'variables': fc.constant(VARIABLES),
  'sensitive-variables': fc.constant(['token', 'odd secret']),
  'builders': fc.tuple(...names.map((name) => settings(AMAZON_EBS_OPTIONS).map((given) => ({
    type: 'amazon-ebs', ...given, ...name === 'amazon-ebs' ? {} : { name: escaped(name) },
  })))),
  'provisioners': fc.array(provisioner(names), { maxLength: 6 }),
  'post-processors': fc.array(fc.oneof(postProcessor(names), fc.array(postProcessor(names), { maxLength: 3 })), { maxLength: 3 }),
  'error-cleanup-provisioner': provisioner(names),
}, { requiredKeys: ['builders', 'variables', 'sensitive-variables'] }));
