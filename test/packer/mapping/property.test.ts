import fc from 'fast-check';
import { LINUX, synthesized, WINDOWS } from './helper';
import { AMAZON_EBS_OPTIONS } from '../../../src/packer/mapping/builders/amazon-ebs-options';
import { COMMON_OPTIONS } from '../../../src/packer/mapping/common-options';
import { POST_PROCESSORS } from '../../../src/packer/mapping/post-processors';
import { PROVISIONERS } from '../../../src/packer/mapping/provisioners';
import type { OptionTable } from '../../../src/packer/mapping/treatment';
import { PackerTemplate } from '../../../src/packer/packer-template';
import { TemplateError } from '../../../src/packer/template/error';
import { InvalidInputError } from '../../../src/private/errors';
import { inFolder } from '../helpers/read-text';
import { mapPath } from '../plan/helper';

const runs = process.env.SOAK ? { numRuns: 20_000 } : { seed: 42, numRuns: 300 };
const FILES = { 'a.sh': '#!/bin/sh\nreboot\n', 'site.yml': '', 'folder/x': '1' };

/** What stands in templates, and what should not. */
const text = fc.oneof(
  fc.constantFrom('', 'a.sh', 'folder', 'folder/', 'site.yml', '/etc/x', 'C:\\x', '10m', '1', '-1', 'true', 'SYSTEM', 'IsInstalled=0', 'include:$true', 'A=1',
    '__proto__', '../../..', '\0',
    'reboot', 'Sysprep.exe', '{{ .Path }}', '{{timestamp}}', '{{user `token`}}', 'vpc-01234567', 'ami-01234567', '{"a":1}', '-e', '{', '{{`{{x}}`}}', "it's"),
  fc.string({ maxLength: 12 }).filter((each) => !each.includes('{{')),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null),
  fc.array(fc.oneof(text, fc.integer(), fc.dictionary(text, text, { maxKeys: 2 })), { maxLength: 3 }),
  fc.dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 2 })), { maxKeys: 3 }),
);
const names = (table: OptionTable): string[] => Object.keys(table).filter((name) => table[name]!.kind === 'mapped');
const settings = (table: OptionTable): fc.Arbitrary<Record<string, unknown>> =>
  fc.array(fc.tuple(fc.constantFrom(...names(table)), value), { maxLength: 4 }).map((entries) => Object.fromEntries(entries));

const provisioner = fc.constantFrom(...PROVISIONERS).chain(({ type, options }) =>
  settings({ ...COMMON_OPTIONS, ...options }).map((given) => ({ ...given, type })));

function imports(template: unknown, folder: string): boolean {
  try {
    const { plan } = mapPath(`${folder}/template.json`);
    expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
    PackerTemplate.fromFile(`${folder}/template.json`);
    return true;
  } catch (error) {
    if (error instanceof TemplateError) return true;
    throw new Error(`${JSON.stringify(template)}: ${(error as Error).stack}`);
  }
}

const holds = (template: unknown): boolean =>
  inFolder({ ...FILES, 'template.json': JSON.stringify(template) }, (folder) => imports(template, folder));

test('whatever the settings are of what is mapped: it becomes a plan of plain data, and it imports, or it is refused with its place', () => {
  const provisionerList = fc.array(provisioner, { maxLength: 3 });
  fc.assert(fc.property(provisionerList, settings(AMAZON_EBS_OPTIONS), fc.constantFrom(LINUX, WINDOWS), (provisioners, builder, base) =>
    holds({ 'variables': { token: 't' }, 'sensitive-variables': ['token'], 'builders': [{ ...base, ...builder }], provisioners })), runs);
});

test('each provisioner by itself, and each post-processor', () => {
  const processor = fc.tuple(fc.constantFrom(...Object.keys(POST_PROCESSORS)), fc.dictionary(text, value, { maxKeys: 2 }))
    .map(([type, given]) => ({ ...given, type }));
  fc.assert(fc.property(provisioner, fc.boolean(), fc.array(processor, { maxLength: 1 }), (each, windows, processors) =>
    holds({ 'builders': [windows ? WINDOWS : LINUX], 'provisioners': [each], 'post-processors': processors })), runs);
});

test('what imports is synthesized, or refused by the library', () => {
  fc.assert(fc.property(provisioner, (each) => inFolder({
    ...FILES,
    'template.json': JSON.stringify({
      builders: [PROVISIONERS.find(({ type }) => type === each.type)!.platform === 'Windows' ? WINDOWS : LINUX], provisioners: [each],
    }),
  }, (folder) => {
    try {
      synthesized(PackerTemplate.fromFile(`${folder}/template.json`, { ansibleVersion: '2.15.13' }).image());
    } catch (error) {
      if (!(error instanceof TemplateError) && !(error instanceof InvalidInputError)) throw error;
    }
  })), { ...runs, numRuns: runs.numRuns / 5 });
});
