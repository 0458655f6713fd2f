import { isZero } from './empty';
import type { Part } from './part';
import type { Report } from './report';
import type { Block, Position, Setting, Template } from '../template/model';

/** Access key ids of AWS (IAM user guide, "Unique identifiers"). The keys of AWS's own documentation end with EXAMPLE. */
const KEY_ID = /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z2-7]{16}(?![A-Z0-9])/g;
const SECRET_KEY = /^[A-Za-z0-9/+]{40}$/;
const FIX = 'remove the key and revoke it; AWS has the roles of the deployment and of the instances';

/** A message without keys. */
export const hidden = (message: string): string => message.replace(KEY_ID, (key) => `${key.slice(0, 4)}…`);

/** Refuses keys of AWS, wherever they stand. What they are is never said, only where. */
export function refuseStaticKeys(template: Template, report: Report): void {
  const part = report.part('access keys', { file: '', line: 1, column: 1 });
  for (const { name, at, value } of template.variables) {
    if (value?.kind === 'scalar' && /secret/i.test(name) && SECRET_KEY.test(String(value.value))) refuse(at, part);
    if (value) refuseIn(value, part);
  }
  for (const { builders, provisioners, postProcessors } of template.builds) {
    builders.forEach((builder) => refuseCredentials(builder, part));
    for (const block of [...builders, ...provisioners, ...postProcessors.flat()]) {
      for (const settings of [block.settings, ...block.overrides?.values() ?? []]) {
        [...settings.values()].forEach((setting) => refuseIn(setting, part));
      }
    }
  }
}

/** Whatever a builder is given as a key. An empty one stands in templates that take credentials from elsewhere, and a sensitive variable is never written. */
function refuseCredentials({ settings }: Block, part: Part): void {
  for (const name of ['access_key', 'secret_key', 'token']) {
    const setting = settings.get(name);
    if (setting?.kind === 'secret') part.inform(setting.at, `"${name}" is dropped: the role of the instance and the deployment take its place`);
    else if (setting && !isZero(setting)) part.refuse(setting.at, `"${name}" is given a key of AWS`, FIX);
  }
}

function refuseIn(setting: Setting, part: Part): void {
  if (setting.kind === 'scalar' && typeof setting.value === 'string') {
    if ((setting.value.match(KEY_ID) ?? []).some((key) => !key.endsWith('EXAMPLE'))) refuse(setting.at, part);
  } else if (setting.kind === 'list') {
    setting.value.forEach((each) => refuseIn(each, part));
  } else if (setting.kind === 'map') {
    [...setting.value.values()].forEach((each) => refuseIn(each, part));
  }
}

function refuse(at: Position, part: Part): void {
  part.refuse(at, 'an access key of AWS stands here', FIX);
}
