import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { mapJson, mapPath, mapText, meaning, whats } from './helper';
import { PackerTemplate } from '../../../src/packer/packer-template';
import { readTemplate } from '../../../src/packer/template/read';
import { fixture, HCL_FIXTURES, JSON_FIXTURES } from '../helpers/fixtures';
import { inFolder, refusal } from '../helpers/read-text';
import { LINUX, synthesized, WINDOWS } from '../mapping/helper';
import { linux, windows } from '../round-trip/arbitrary-steps';
import { printed } from '../round-trip/print';

const runs = process.env.SOAK ? { numRuns: 5000 } : { seed: 42, numRuns: 60 };
const SHELL = { type: 'shell', inline: ['true'] };

describe('a plan is plain data', () => {
  test.each([...JSON_FIXTURES, ...HCL_FIXTURES, 'folder'])('JSON keeps the plan of %s', (name) => {
    const { plan } = mapPath(fixture(name), { ansibleVersion: '2.15.13' }, { environment: { IMAGE_OWNER: 'web team' } });
    expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
    expect(plan.images.length).toBeGreaterThan(0);
  });

  test('a sensitive variable is a name in it', () => {
    const { plan } = mapJson({
      'variables': { token: 'hidden-value' },
      'sensitive-variables': ['token'],
      'builders': [LINUX],
      'provisioners': [{ ...SHELL, environment_vars: ['TOKEN={{user `token`}}'] }],
    });
    expect(plan.definitions[0]!.others[0]!.steps).toMatchObject([{ kind: 'packerScript', script: { language: 'shell', settings: { secrets: { TOKEN: 'token' } } } }]);
    expect(JSON.stringify(plan)).not.toContain('hidden-value');
  });

  test('each step has its place in the template', () => {
    const { plan } = mapJson({ builders: [LINUX], provisioners: [{ ...SHELL, inline: ['true', 'reboot'], pause_before: '5s' }] });
    const places = plan.definitions[0]!.others[0]!.steps.map(({ kind, at, options }) => [kind, at.line > 1, options]);
    expect(places).toEqual([['bash', true, { stepName: 'Pause' }], ['packerScript', true, undefined], ['reboot', true, undefined]]);
  });
});

describe('plans are compared by value', () => {
  const planOf = (template: object): unknown => meaning(mapJson(template).plan);
  const again = (template: object): unknown => inFolder({ 'template.json': JSON.stringify(template) }, (folder) =>
    meaning(mapText(printed(readTemplate(`${folder}/template.json`, { environment: {} })), {}, {}, 'template.pkr.hcl').plan));

  test.each([['Linux', linux, LINUX], ['Windows', windows, WINDOWS]] as const)('a template of %s and its rewriting as HCL2 have one meaning', (_, provisioner, builder) => {
    fc.assert(fc.property(fc.array(provisioner, { minLength: 1, maxLength: 5 }), (provisioners) => {
      const template = { builders: [builder], provisioners };
      expect(again(template)).toEqual(planOf(template));
    }), runs);
  });

  test('builders that run the same share one definition; an override, another platform or what asks for the builder makes a second', () => {
    const builders = [{ ...LINUX, name: 'one' }, { ...LINUX, name: 'two' }];
    const definitions = (provisioners: object[]): string[] => mapJson({ builders, provisioners }).plan.images.map(({ definition }) => definition);
    expect(definitions([SHELL])).toEqual(['1', '1']);
    expect(definitions([{ ...SHELL, override: { two: { inline: ['true'] } } }])).toEqual(['1', '2']);
    expect(definitions([{ ...SHELL, inline: ['echo $PACKER_BUILD_NAME'] }])).toEqual(['1', '2']);
  });
});

describe('problems', () => {
  test('all are found, each once, whatever builders it is for', () => {
    const mapped = mapJson({
      builders: [{ ...LINUX, name: 'one', colour: 'red', instance_type: 'large' }, { ...LINUX, name: 'two', subnet_id: 'subnet-x' }],
      provisioners: [
        { ...SHELL, timeout: 'soon', max_retries: -1, valid_exit_codes: ['x'] },
        { type: 'file', source: 'gone', destination: 'relative' },
      ],
    });
    expect(whats(mapped)).toEqual([
      'the builder amazon-ebs has no option "colour" that is known', '"large" is no instance type', '"valid_exit_codes" holds what is no number',
      '"timeout" is no duration', '"max_retries" is -1', 'the destination is no absolute path of Linux', '"subnet-x" is no id',
    ]);
  });

  test('the provisioners of a builder are looked at though its parent is not known', () => {
    const { source_ami: _, ...builder } = LINUX;
    expect(whats(mapJson({ builders: [builder], provisioners: [{ type: 'inspec' }] }))).toEqual([
      'the builder has no source AMI', 'the provisioner "inspec": it runs on the machine that reads the template',
    ]);
  });

  test('the library throws all of them as one error, whose place is that of the first', () => {
    inFolder({ 'template.json': JSON.stringify({ builders: [{ ...LINUX, instance_type: 'large' }], provisioners: [{ type: 'inspec' }] }) }, (folder) => {
      const read = (): unknown => PackerTemplate.fromFile(`${folder}/template.json`);
      expect(read).toThrow(/template\.json:1:\d+: "large" is no instance type; .*\n.*template\.json:1:\d+: the provisioner "inspec"/);
      expect(refusal(read)).toMatch(/^1:\d+ "large" is no instance type; /);
    });
  });

  test('no message holds a key of AWS', () => {
    const key = `AKIA${'Q'.repeat(16)}`;
    expect(JSON.stringify(mapJson({ builders: [{ ...LINUX, instance_type: key, [key]: 1 }] }).problems)).not.toContain(key);
  });

  test('what the library refuses when a step is bound names the place in the template', () => {
    inFolder({ 'salt/top.sls': '', 'template.json': JSON.stringify({ builders: [LINUX], provisioners: [{ type: 'salt-masterless', local_state_tree: 'salt' }] }, undefined, 1) }, (folder) => {
      const image = PackerTemplate.fromFile(`${folder}/template.json`).image();
      rmSync(`${folder}/salt`, { recursive: true });
      expect(() => synthesized(image)).toThrow(/^Web\/Base: .*template\.json:12:\d+: '.*salt' cannot be copied: /);
    });
  });
});
