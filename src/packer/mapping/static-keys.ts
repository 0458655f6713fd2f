import { isEmpty } from './treatment';
import { TemplateError } from '../template/error';
import type { Block, Position, Setting, Template } from '../template/model';

/** Access key ids of AWS (IAM user guide, "Unique identifiers"). The keys of AWS's own documentation end with EXAMPLE. */
const KEY_ID = /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/g;
const SECRET_KEY = /^[A-Za-z0-9/+]{40}$/;
const FIX = 'remove the key and revoke it; AWS has the roles of the deployment and of the instances';

/** Refuses keys of AWS, wherever they stand. What they are is never said, only where. */
export function refuseStaticKeys(template: Template): void {
  for (const { name, at, value } of template.variables) {
    if (value?.kind === 'scalar' && /secret/i.test(name) && SECRET_KEY.test(String(value.value))) refuse(at);
    if (value) refuseIn(value);
  }
  for (const { builders, provisioners, postProcessors } of template.builds) {
    builders.forEach(refuseCredentials);
    for (const block of [...builders, ...provisioners, ...postProcessors.flat()]) {
      for (const settings of [block.settings, ...block.overrides?.values() ?? []]) [...settings.values()].forEach(refuseIn);
    }
  }
}

/** Whatever a builder is given as a key: an empty one, and nothing else, is what templates have that take credentials from elsewhere. */
function refuseCredentials({ settings }: Block): void {
  for (const name of ['access_key', 'secret_key', 'token']) {
    const setting = settings.get(name);
    if (setting && !isEmpty(setting)) throw new TemplateError(setting.at, `"${name}" is given a key of AWS`, FIX);
  }
}

function refuseIn(setting: Setting): void {
  if (setting.kind === 'scalar' && typeof setting.value === 'string') {
    if ((setting.value.match(KEY_ID) ?? []).some((key) => !key.endsWith('EXAMPLE'))) refuse(setting.at);
  } else if (setting.kind === 'list') {setting.value.forEach(refuseIn);} else if (setting.kind === 'map') {[...setting.value.values()].forEach(refuseIn);}
}

function refuse(at: Position): never {
  throw new TemplateError(at, 'an access key of AWS stands here', FIX);
}
