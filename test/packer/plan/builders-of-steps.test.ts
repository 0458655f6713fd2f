import { mapJson, mapText } from './helper';
import { LINUX } from '../mapping/helper';

/** Names of the builders for which a provisioner of a template of HCL2 runs. */
function runsFor(head: string): { names: string[]; warnings: string[] } {
  const source = (name: string): string => `source "amazon-ebs" "${name}" {\n  source_ami = "ami-0123456789abcdef0"\n}\n`;
  const build = `build {\n  sources = ["source.amazon-ebs.one", "source.amazon-ebs.two"]\n  provisioner "shell" {\n    ${head}\n    inline = ["true"]\n  }\n}\n`;
  const { plan } = mapText(`${source('one')}${source('two')}${build}`, {}, {}, 'template.pkr.hcl');
  const runs = plan.definitions.filter(({ others }) => others.length > 0).map(({ id }) => id);
  return {
    names: plan.images.filter(({ definition }) => runs.includes(definition)).map(({ builder }) => builder.name),
    warnings: plan.notices.filter(({ severity }) => severity === 'warning').map(({ message }) => message),
  };
}

describe('"only" and "except" of HCL2 hold whole names and nothing else', () => {
  test.each([
    ['only = ["amazon-ebs.one"]', ['amazon-ebs.one']],
    ['except = ["amazon-ebs.one"]', ['amazon-ebs.two']],
    ['', ['amazon-ebs.one', 'amazon-ebs.two']],
  ])('%s', (head, names) => expect(runsFor(head)).toEqual({ names, warnings: [] }));

  test.each([['only = ["one"]', []], ['only = ["amazon-ebs.*"]', []], ['except = ["one"]', ['amazon-ebs.one', 'amazon-ebs.two']]])(
    '%s chooses nothing, as in Packer, which is said', (head, names) => {
      const { names: found, warnings } = runsFor(head);
      expect([found, warnings]).toEqual([names, [expect.stringMatching(/^no builder of this build is called "(?:one|amazon-ebs\.\*)", so that it stands for none/)]]);
    });
});

test('an override goes by the name of the builder', () => {
  const provisioners = [{ type: 'shell', inline: ['true'], override: { 'amazon-ebs.web': { inline: ['false'] } } }];
  const { plan } = mapJson({ builders: [{ ...LINUX, name: 'amazon-ebs.web' }], provisioners });
  expect(plan.definitions[0]!.others[0]!.steps[0]).toMatchObject({ script: { lines: ['false'] } });
});
