import type { Operation } from './operation';
import { plain, type Frame } from './references';
import type { DocumentStep, Mapping } from '../../../../src/component/document';
import { Refused } from '../refusal';

/** The options that `WindowsUpdate.install` writes into the first line of its script. */
const OPTIONS = /^# golden-images: (\{"step":"WindowsUpdate".*\})$/m;

/** Which updates `UpdateOS` takes: all that are not optional. */
const CRITERIA = 'BrowseOnly=0 and IsInstalled=0';

type Settings = Pick<Extract<Operation, { kind: 'windows-update' }>, 'searchCriteria' | 'filters' | 'updateLimit'>;

/** Windows Update by a step of ours or by the module: both targets have it by name. Undefined: it is another script. */
export function update(step: DocumentStep, frame: Frame, expression: string | undefined): Operation[];
export function update(step: DocumentStep, frame: Frame, expression: string | undefined, body: string): Operation[] | undefined;
export function update(step: DocumentStep, frame: Frame, expression: string | undefined, body?: string): Operation[] | undefined {
  const settings = body === undefined ? ofModule(step.inputs as Mapping | undefined, frame) : ofScript(body);
  if (settings === undefined) return undefined;
  if (expression !== undefined || step.onFailure !== 'Abort') {
    throw new Refused(frame.place, 'Windows Update has a condition or goes on after a failure, which neither tool can say of it', 'leave those out');
  }
  const { searchCriteria, filters, updateLimit } = settings;
  return [{ kind: 'windows-update', at: frame.place, searchCriteria, filters, updateLimit }];
}

function ofScript(body: string): Settings | undefined {
  const [, json] = OPTIONS.exec(body) ?? [];
  try {
    return json === undefined ? undefined : JSON.parse(json) as Settings;
  } catch {
    // A value that only the deploy knew has quotes in it: the script itself says the same.
    return undefined;
  }
}

/** "UpdateOS": on Windows both lists hold numbers of articles, such as KB1234567. */
function ofModule(inputs: Mapping | undefined, frame: Frame): Settings {
  const articles = (list: unknown): string[] => (list as unknown[] ?? []).map((each) => plain(each, frame, 'the number of an update'));
  const titled = (article: string): string => `$_.Title -like '*${article.replace(/'/g, "''")}*'`;
  const include = articles(inputs?.include).map((each) => `include:${titled(each)}`);
  return {
    searchCriteria: CRITERIA,
    filters: [...articles(inputs?.exclude).map((each) => `exclude:${titled(each)}`), ...include.length > 0 ? include : ['include:$true']],
    updateLimit: 1000,
  };
}
