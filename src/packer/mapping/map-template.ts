import { builderNames } from './builders/builder-names';
import type { GivenParent } from './builders/known-parents';
import { Definitions } from './definitions';
import { mapBuild } from './map-build';
import { Report } from './report';
import { refuseStaticKeys } from './static-keys';
import { mapped, dropped } from './treatment';
import type { OtherPlan, Problem, TemplatePlan } from '../plan';
import type { Block, Position, Setting, Template, Variable } from '../template/model';
import { suggestion } from '../template/nearest';
import { placed } from '../template/position';

/** What a template does not say. */
export interface MappingInput {
  /** Sensitive variables that are bound to secrets. */
  readonly secrets?: readonly string[];
  /** Parents by the name of a builder. */
  readonly parents?: Readonly<Record<string, GivenParent>>;
  readonly ansibleVersion?: string;
  /** Where Packer is run; none where nobody says. */
  readonly workingDirectory?: string;
}

/** What a template comes to. It holds for sure only where there are no problems. */
export interface MappedTemplate {
  readonly plan: TemplatePlan;
  /** In the order in which they were found; each once. */
  readonly problems: readonly Problem[];
}

/** Maps a template. Throws nothing: what cannot be taken over is among the problems, all of it. */
export function mapTemplate(template: Template, at: Position, input: MappingInput): MappedTemplate {
  const report = new Report(input.workingDirectory);
  tellWhatWasRead(template, report);
  refuseStaticKeys(template, report);
  template.variables.forEach((variable) => mapVariable(variable, report));
  checkNames(template, at, input, report);
  const definitions = new Definitions();
  const withImages = template.builds.some(({ builders }) => builders.some(({ type }) => type === 'amazon-ebs'));
  const builds = template.builds.map((build) => mapBuild(build, { input, report, definitions, withImages }));
  const [images, others] = [builds.flatMap((each) => each.images), builds.flatMap((each) => each.others)];
  if (images.length === 0) refuseNothing(others, at, report);
  const { outcomes, notices, problems } = report;
  return { plan: { images, others, definitions: definitions.all, outcomes, notices }, problems };
}

/** Notices of the reader, each with the block in which it stands. */
function tellWhatWasRead({ builds, notices }: Template, report: Report): void {
  const blocks = builds.flatMap(({ builders, provisioners }) => [...builders, ...provisioners]);
  const placesIn = (block: Block): Position[] => [...block.settings.values()].flatMap(placesOf);
  const owners = new Map(blocks.flatMap((block) => placesIn(block).map((place) => [placed(place), block.at] as const)));
  for (const notice of notices) {
    const block = owners.get(placed(notice.at));
    report.notice({ ...notice, ...block ? { block } : {} });
  }
}

function placesOf(setting: Setting): Position[] {
  if (setting.kind === 'list') return [setting.at, ...setting.value.flatMap(placesOf)];
  return setting.kind === 'map' ? [setting.at, ...[...setting.value.values()].flatMap(placesOf)] : [setting.at];
}

function mapVariable({ at, name, used, sensitive }: Variable, report: Report): void {
  const part = report.part(`variable ${name}`, at);
  if (used) return part.became(at, mapped(sensitive ? 'a secret that scripts fetch: bind it by `secrets`' : 'its value, where it is used'));
  part.became(at, dropped('nothing refers to it'));
  part.inform(at, `the variable "${name}" is dropped: nothing refers to it`);
}

/** Names that the caller gives have to be in the template, or what they stand for would be lost silently. */
function checkNames({ variables, builds }: Template, at: Position, { secrets = [], parents = {} }: MappingInput, report: Report): void {
  const sensitive = variables.filter((variable) => variable.sensitive).map(({ name }) => name);
  const builders = builds.flatMap((build) => build.builders.flatMap((builder) => builderNames(builder, build)));
  for (const [given, known, what] of [[secrets, sensitive, 'sensitive variable'], [Object.keys(parents), builders, 'builder']] as const) {
    for (const name of given.filter((each) => !known.includes(each))) {
      report.problem({ at, subject: 'template', what: `no ${what} is called "${name}"`, fix: suggestion(name, known) });
    }
  }
}

/** A template of which nothing is taken over. */
function refuseNothing(others: OtherPlan[], at: Position, report: Report): void {
  if (others.length === 0) report.problem({ at, subject: 'template', what: 'the template has no builder', fix: 'add a builder amazon-ebs' });
  if (others.some(({ definition }) => definition !== undefined)) return;
  for (const { builder, why, instead } of others) {
    report.problem({ at: builder.at, subject: `builder ${builder.name}`, what: `no builder can be taken over; "${builder.type}": ${why}`, fix: instead });
  }
}
