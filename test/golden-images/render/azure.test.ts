import { removeFolders, synthesize } from './assembly';
import { addImages } from './images';
import { literal, type Customizer } from '../../../golden-images/src/render/azure/customizers';
import { checkFile, checkResource } from '../../../golden-images/src/render/azure/limits';
import { render } from '../../../golden-images/src/render/render';

const assembly = synthesize(addImages);
afterAll(removeFolders);

interface Template {
  readonly parameters: Record<string, { type: string; metadata: { description: string } }>;
  readonly resources: [{
    readonly type: string;
    readonly apiVersion: string;
    readonly properties: { readonly customize: Customizer[]; readonly validate?: { readonly inVMValidations: Customizer[] } };
  }];
}

function rendered(image: string): { template: Template; notices: readonly string[]; names: string[] } {
  const { files, notices } = render({ assembly, image, target: 'azure-image-builder', source: 'null' });
  const content = files.get('template.json');
  return { template: JSON.parse(content?.kind === 'text' ? content.text : '') as Template, notices, names: [...files.keys()] };
}

/** Members by the template reference of imageTemplates 2024-02-01. */
const MEMBERS: Record<string, string[]> = {
  Shell: ['inline'],
  PowerShell: ['inline', 'runElevated', 'runAsSystem'],
  File: ['sourceUri', 'destination', 'sha256Checksum'],
  WindowsRestart: ['restartCommand', 'restartTimeout'],
  WindowsUpdate: ['searchCriteria', 'filters', 'updateLimit'],
};

describe.each(['linux', 'windows'])('%s', (image) => {
  const { template, names, notices } = rendered(image);
  const [{ type, apiVersion, properties }] = template.resources;

  test('is an image template whose customizers have known members and names of their own', () => {
    expect([type, apiVersion]).toEqual(['Microsoft.VirtualMachineImages/imageTemplates', '2024-02-01']);
    const all = [...properties.customize, ...properties.validate?.inVMValidations ?? []];
    all.forEach((each) => expect(Object.keys(each).filter((member) => !['type', 'name', ...MEMBERS[each.type]!].includes(member))).toEqual([]));
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect((properties.validate?.inVMValidations ?? []).every((each) => ['Shell', 'PowerShell', 'File'].includes(each.type))).toBe(true);
  });

  test('every parameter that is used is declared, and described', () => {
    const used = new Set([...JSON.stringify(template.resources).matchAll(/parameters\('(\w+)'\)/g)].map(([, name]) => name!));
    expect([...used].sort()).toEqual(Object.keys(template.parameters).sort());
    Object.values(template.parameters).forEach(({ metadata }) => expect(metadata.description).toMatch(/\.$/));
  });

  test('files go to a storage account; test phases are scripts beside it', () => {
    expect(properties.customize.filter((each) => each.type === 'File' && String(each.sourceUri).includes('/assets/')).every(({ sha256Checksum }) => /^[0-9a-f]{64}$/.test(String(sha256Checksum)))).toBe(true);
    expect(names.some((name) => /^test\/\d+-.*Works/.test(name))).toBe(true);
    expect(notices.some((each) => each.includes('storageBaseUrl'))).toBe(true);
  });
});

test('Windows Update and restarts by name', () => {
  const [{ properties: { customize } }] = rendered('windows').template.resources;
  expect(customize).toContainEqual(expect.objectContaining({
    type: 'WindowsUpdate', searchCriteria: 'IsInstalled=0', filters: ["exclude:$_.Title -like '*Preview*'", 'include:$true'], updateLimit: 25,
  }));
  expect(customize).toContainEqual(expect.objectContaining({ type: 'WindowsRestart', restartCommand: 'shutdown.exe /r /f /t 30' }));
});

test('attempts and timeouts are in the scripts, because the service has none', () => {
  const { template } = rendered('linux');
  const tried = template.resources[0].properties.customize.find(({ name }) => name.endsWith('steps-Tried'))!;
  expect(tried.inline).toContain('for attempt in $(seq 3); do');
  expect(tried.inline).toContain('  timeout 90 bash "$body"; status=$?');
});

test('texts in brackets are no expressions', () => {
  expect(['[ -f a ]', '[ -f a ] || b', 'a'].map(literal)).toEqual(['[[ -f a ]', '[ -f a ] || b', 'a']);
});

test('limits are refused with what to do', () => {
  expect(() => checkFile({ component: 'c', phase: 'build', step: 's' }, 'big.iso', 25_000_000)).toThrow(/component c, build phase, step s: big.iso has 25 MB.*under 20 MB; fetch it by WebDownload/);
  expect(() => checkResource({ component: 'c' }, 'x'.repeat(2 ** 20))).toThrow(/may have 1024; render it for Packer/);
});
