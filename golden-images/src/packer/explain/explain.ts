import { explainBlock, explainPostProcessor } from './block';
import { attempt, rowOf, unique, type Row } from './row';
import { RuntimeSecret } from '../../../../src/component/secret';
import { mapAmazonEbs, type BuilderMapping } from '../../../../src/packer/mapping/builders/amazon-ebs';
import { AMAZON_EBS_OPTIONS } from '../../../../src/packer/mapping/builders/amazon-ebs-options';
import { otherBuilder } from '../../../../src/packer/mapping/builders/others';
import { COMMON_OPTIONS } from '../../../../src/packer/mapping/common-options';
import type { MappingContext } from '../../../../src/packer/mapping/context';
import { mapProvisioner, provisionersFor } from '../../../../src/packer/mapping/map-provisioners';
import { PROVISIONERS } from '../../../../src/packer/mapping/provisioners';
import { refuseStaticKeys } from '../../../../src/packer/mapping/static-keys';
import { mapped, refused } from '../../../../src/packer/mapping/treatment';
import type { Block, Build, Position, Template, Variable } from '../../../../src/packer/template/model';
import { Notices } from '../../../../src/packer/template/notices';
import type { ReadOptions } from '../../../../src/packer/template/options';
import { readTemplate } from '../../../../src/packer/template/read';

export interface ExplainOptions extends ReadOptions {
  readonly ansibleVersion?: string;
}

/** What becomes of everything in a template, by place. What is refused does not hide what comes after it. */
export function explain(path: string, options: ExplainOptions): Row[] {
  let template: Template | undefined;
  const unread = attempt('template', () => { template = readTemplate(path, options); });
  return template === undefined ? unread : new Explanation(template, { file: path, line: 1, column: 1 }, options).rows();
}

const NO_CLEANUP = refused('it has no counterpart: the instance of a build that fails is terminated', 'remove it');

class Explanation {
  private readonly notices = new Notices();
  private readonly secrets: MappingContext['secrets'];

  public constructor(private readonly template: Template, private readonly at: Position, private readonly options: ExplainOptions) {
    this.secrets = Object.fromEntries(template.variables.filter((each) => each.sensitive).map(({ name }) => [name, RuntimeSecret.parameterName('secret')]));
  }

  public rows(): Row[] {
    const { template } = this;
    const rows = [
      ...template.variables.map(variableRow),
      ...attempt('access keys', () => refuseStaticKeys(template)),
      ...template.builds.flatMap((build) => this.build(build)),
    ];
    const none = template.builds.every(({ builders }) => builders.length === 0)
      ? [rowOf(this.at, 'template', refused('it has no builder', 'add a builder amazon-ebs'))] : [];
    return unique([...rows, ...none, ...this.said(rows)]).sort(byPlace);
  }

  private build(build: Build): Row[] {
    const ours = build.builders.filter(({ type }) => type === 'amazon-ebs');
    const others = build.builders.filter((builder) => !ours.includes(builder));
    const cleanup = build.errorCleanup ? [rowOf(build.errorCleanup.at, 'error-cleanup-provisioner', NO_CLEANUP)] : [];
    return [
      ...ours.flatMap((builder) => this.builder(builder, build)),
      ...others.map((builder) => otherRow(builder, ours.length > 0)),
      ...cleanup,
      ...build.postProcessors.flat().flatMap((block) => explainPostProcessor(block, build, ours, this.notices)),
    ];
  }

  private builder(builder: Block, build: Build): Row[] {
    const what = `builder ${builder.name ?? builder.type}`;
    const { rows, rest } = explainBlock(builder, what, AMAZON_EBS_OPTIONS);
    let known: BuilderMapping | undefined;
    const failed = attempt(what, () => { known = mapAmazonEbs(rest, build, undefined, this.notices); });
    const head = rowOf(builder.at, what, mapped('an image of EC2 Image Builder'));
    const provisioners = known === undefined ? [] : provisionersFor(builder, build);
    const each = provisioners.flatMap((block, index) => this.provisioner(block, builder, known!, index === provisioners.length - 1));
    return [head, ...rows, ...failed, ...each];
  }

  private provisioner(block: Block, builder: Block, { platform, osVersion }: BuilderMapping, last: boolean): Row[] {
    const what = `provisioner ${block.type}`;
    const mapping = PROVISIONERS.find(({ type }) => type === block.type);
    const { rows, rest } = mapping ? explainBlock(block, what, { ...COMMON_OPTIONS, ...mapping.options }) : { rows: [], rest: block };
    const context: MappingContext = {
      builder,
      platform,
      osVersion,
      last,
      notices: this.notices,
      secrets: this.secrets,
      ansibleVersion: this.options.ansibleVersion,
      dependsOnBuilder: () => undefined,
    };
    const failed = attempt(what, () => mapProvisioner(rest, context));
    const head = mapping === undefined ? [] : [rowOf(block.at, what, mapped(mapping.becomes))];
    return [...head, ...rows, ...failed];
  }

  /** Notices that no row says yet. */
  private said(rows: readonly Row[]): Row[] {
    const all = [...this.template.notices, ...this.notices.all];
    return all.filter(({ message }) => !rows.some(({ text }) => message.endsWith(text))).map(({ at, severity, message }) => {
      const what = rows.find((row) => row.at.line === at.line && row.at.column === at.column)?.what ?? 'template';
      return { at, what, verdict: severity === 'warning' ? 'warned' : /\bis dropped\b/.test(message) ? 'dropped' : 'mapped', text: message };
    });
  }
}

function variableRow({ name, at, used, sensitive }: Variable): Row {
  if (!used) return rowOf(at, `variable ${name}`, { kind: 'dropped', why: 'nothing refers to it' });
  return rowOf(at, `variable ${name}`, mapped(sensitive ? 'a secret that scripts fetch: bind it by `secrets`' : 'its value, where it is used'));
}

function otherRow(builder: Block, alone: boolean): Row {
  const { why, instead } = otherBuilder(builder.type);
  // Beside one that can be taken over, it is left out with a warning.
  return { at: builder.at, what: `builder ${builder.name ?? builder.type}`, verdict: alone ? 'warned' : 'refused', text: why, instead };
}

const byPlace = ({ at: a }: Row, { at: b }: Row): number =>
  (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column);
