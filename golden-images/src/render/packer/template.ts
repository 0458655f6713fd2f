import { attributes, block, comment, Expression, hcl, space, type HclLine } from './hcl';
import { Provisioners } from './provisioners';
import { sourceOf, type Source, type SourceType } from './sources';
import { declarations, type Variable } from './variables';
import { text, type Files } from '../files';
import type { Plan } from '../plan/plan';

const REBOOT: readonly Variable[] = [
  { name: 'reboot_command', description: 'What restarts the machine.', default: 'systemctl reboot' },
  { name: 'reboot_pause', description: 'How long it is left alone after that.', default: '30s' },
];

/** Runs scripts as root. */
const AS_ROOT = '"if [ \\"$(id -u)\\" = 0 ]; then env {{ .Vars }} bash \'{{ .Path }}\'; else sudo -n env {{ .Vars }} bash \'{{ .Path }}\'; fi"';

/** An image as a folder for Packer: `packer init` and `packer build` there. */
export function packerFiles(plan: Plan, type: SourceType): Files {
  const files: Files = new Map();
  const source = sourceOf(type, plan);
  const provisioners = new Provisioners(plan, files);
  const label = plan.image.name;
  const lines = [
    ...provisioners.of(plan.build),
    ...provisioners.of(plan.validate),
    ...source.last ? provisioners.own(source.last.title, 'generalize', source.last.script, source.last.notes) : [],
  ];
  folder(files, '', plan, source, provisioners, [
    block('source', [type, label], source.body),
    space,
    block('build', [], [...attributes({ name: label, sources: [`source.${type}.${label}`] }), ...lines]),
  ]);
  Object.entries(source.files ?? {}).forEach(([name, content]) => files.set(name, text(content)));
  testFiles(plan).forEach((content, name) => files.set(`test/${name}`, content));
  return files;
}

/** The test phase runs on a machine that was started from the image: a template of its own, on a machine that is there. */
function testFiles(plan: Plan): Files {
  const files: Files = new Map();
  if (plan.test.length === 0) return files;
  const source = sourceOf('null', plan);
  const provisioners = new Provisioners(plan, files);
  folder(files, 'The test phases: start a machine from the image, and give its address.', plan, source, provisioners, [
    block('source', ['null', plan.image.name], source.body),
    space,
    block('build', [], [...attributes({ name: `${plan.image.name}-test`, sources: [`source.null.${plan.image.name}`] }), ...provisioners.of(plan.test)]),
  ]);
  return files;
}

function folder(files: Files, about: string, plan: Plan, source: Source, provisioners: Provisioners, lines: readonly HclLine[]): void {
  const objects = [...provisioners.objects].map(([name, uri]): Variable => ({ name, description: `Where a copy of ${uri} lies: aws s3 cp ${uri} .` }));
  files.set('variables.pkr.hcl', text(hcl(declarations([...source.variables, ...objects, ...provisioners.restartsLinux ? REBOOT : []]))));
  files.set('plugins.pkr.hcl', text(hcl(plugins(source, provisioners))));
  files.set(`${plan.image.name}.pkr.hcl`, text(hcl([
    comment(`${plan.image.name}${plan.lineage.length > 1 ? `, with all that it stands on in the app: ${plan.lineage.slice(0, -1).map(({ name }) => name).join(', ')}` : ''}.`),
    comment(`Rendered from the image ${plan.image.qualifiedName} of stack ${plan.image.stack.name}: change it there.`),
    ...about === '' ? [] : [comment(about)],
    space,
    block('locals', [], attributes({
      image_name: new Expression(`"${plan.image.qualifiedName}-\${formatdate("YYYYMMDDhhmmss", timestamp())}"`),
      ...plan.language.name === 'bash' ? { as_root: new Expression(AS_ROOT) } : {},
    })),
    space,
    ...lines,
  ])));
}

/** In a file of its own: Packer before 1.7 has every plugin in it, and does not know the block. */
function plugins({ plugin }: Source, { updatesWindows }: Provisioners): HclLine[] {
  const all = [...plugin ? [plugin] : [], ...updatesWindows ? [{ name: 'windows-update', source: 'github.com/rgl/windows-update', version: '>= 0.14.0' }] : []];
  const required = all.flatMap(({ name, source, version }): HclLine[] => [{ kind: 'block', header: `${name} =`, body: attributes({ source, version }) }]);
  return [block('packer', [], [
    ...attributes({ required_version: '>= 1.6.6' }),
    ...required.length === 0 ? [] : [space, block('required_plugins', [], required)],
  ])];
}

