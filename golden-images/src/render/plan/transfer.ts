import { basename } from 'node:path';
import type { Operation, UploadFile } from './operation';
import { plain, type Frame } from './references';
import type { Workplace } from './steps';
import type { DocumentStep, Mapping } from '../../../../src/component/document';
import { Refused } from '../refusal';
import type { Values } from '../script/language';

/** Files come by the tool into a folder that it may write to; a script of root puts them where they belong. */
export function transfer(
  step: DocumentStep, frame: Frame, { language, stack }: Workplace, values: Values, script: (body: string) => Operation[],
): Operation[] {
  return (step.inputs as Mapping[]).flatMap(({ source, destination, overwrite }) => {
    const uri = plain(source, frame, 'what is downloaded');
    const [, key] = /^s3:\/\/[^/]+\/(.+)$/s.exec(uri) ?? [];
    if (key === undefined || key.endsWith('*') || key.endsWith('/')) {
      throw new Refused(frame.place, `it downloads ${uri}, which is many objects`, 'ship the folder with Source.asset, which makes it one archive');
    }
    const asset = stack.assets.get(uri.slice('s3://'.length));
    const name = basename(key);
    const file: UploadFile = asset === undefined ? { kind: 'object', name, uri } : { kind: 'asset', name, asset };
    const staged = `${language.name === 'bash' ? '/tmp/' : 'C:/Windows/Temp/'}golden-images-${name}`;
    const body = [...language.strict, ...language.take(staged, String(destination), name, String(overwrite ?? true).toLowerCase() === 'true', values)];
    return [{ kind: 'upload', at: frame.place, file, destination: staged, attempts: step.maxAttempts }, ...script(body.join('\n'))];
  });
}
