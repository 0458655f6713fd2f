import { mapJson, whats } from './helper';
import { readStacks } from '../../../golden-images/src/assembly/stacks';
import { imagesOf } from '../../../golden-images/src/render/assembly/images';
import { render } from '../../../golden-images/src/render/render';
import { BuildInfrastructure, BuildSchedule, ParentImage, PatchedBaseImage } from '../../../src/image';
import { PackerTemplate } from '../../../src/packer/packer-template';
import { removeFolders, synthesize } from '../../golden-images/render/assembly';
import { inFolder } from '../helpers/read-text';
import { LINUX } from '../mapping/helper';

afterAll(removeFolders);

const SHELL = { type: 'shell', inline: ['touch /opt/from-vsphere'] };

describe('a template of another platform', () => {
  test.each(['vsphere-iso', 'vsphere-clone', 'hyperv-iso', 'azure-arm', 'virtualbox-iso'])('%s: its provisioners are components without a parent', (type) => {
    const { plan, problems } = mapJson({ builders: [{ type }], provisioners: [SHELL] });
    expect(problems).toEqual([]);
    expect(plan).toMatchObject({ images: [], others: [{ builder: { type }, definition: '1' }], definitions: [{ platform: 'Linux', others: [{ type: 'shell' }] }] });
  });

  test('is Windows by its communicator', () => {
    const { plan } = mapJson({ builders: [{ type: 'vsphere-iso', communicator: 'winrm' }], provisioners: [{ type: 'file', content: 'x', destination: 'C:\\x' }] });
    expect(plan.definitions[0]!.platform).toBe('Windows');
  });

  test('is rendered for it again', () => {
    inFolder({ 'template.json': JSON.stringify({ builders: [{ type: 'vsphere-iso' }], provisioners: [SHELL] }) }, (folder) => {
      const [other] = PackerTemplate.fromFile(`${folder}/template.json`).otherBuilders;
      const assembly = synthesize((stack) => {
        const infrastructure = new BuildInfrastructure(stack, 'Infrastructure');
        const schedule = BuildSchedule.patchTuesday();
        new PatchedBaseImage(stack, 'Base', { imageName: 'own', parent: ParentImage.amazonLinux2023(), components: other!.components, infrastructure, schedule });
      });
      const [image] = imagesOf(readStacks(assembly));
      const { files } = render({ assembly, image: image!.name, target: 'packer', source: 'vsphere-iso' });
      const text = [...files.values()].map((file) => (file.kind === 'text' ? file.text : '')).join('\n');
      expect(text).toContain('source "vsphere-iso"');
      expect(text).toContain('touch /opt/from-vsphere');
    });
  });

  test('becomes an image where a parent is given for it', () => {
    const system = { platform: 'Linux', architecture: 'x86_64', osVersion: { family: 'Ubuntu', version: '24.04' }, rootDeviceName: '/dev/sda1' } as const;
    const parents = { web: { parent: { kind: 'ubuntu', version: '24.04', architecture: 'x86_64' } as const, system } };
    const { plan, problems } = mapJson({ builders: [{ type: 'vsphere-iso', name: 'web' }], provisioners: [SHELL] }, { parents });
    expect(problems).toEqual([]);
    expect(plan.images).toMatchObject([{ imageName: 'web', parent: { kind: 'ubuntu' }, definition: '1' }]);
    expect(plan.notices.map(({ message }) => message).join()).toContain('only the provisioners are taken over');
  });

  test('with nothing to take over is refused, and so is a builder that is no machine', () => {
    expect(whats(mapJson({ builders: [{ type: 'vsphere-iso' }] }))).toEqual(['no builder can be taken over; "vsphere-iso": it makes no AMI']);
    expect(whats(mapJson({ builders: [{ type: 'docker' }], provisioners: [SHELL] }))).toEqual(['no builder can be taken over; "docker": it makes a container image']);
  });

  test('what it alone runs refuses nothing beside a builder of AMIs', () => {
    const provisioners = [SHELL, { type: 'inspec', only: ['vsphere'] }];
    const { plan, problems } = mapJson({ builders: [LINUX, { type: 'vsphere-iso', name: 'vsphere' }], provisioners });
    expect([problems, plan.definitions.length, plan.others[0]!.definition]).toEqual([[], 1, undefined]);
  });
});
