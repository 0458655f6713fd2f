import { isFor, overridden } from './builders/builder-names';
import { COMMON_OPTIONS, withCommonOptions } from './common-options';
import type { MappingContext } from './context';
import { PROVISIONERS, REFUSED_PROVISIONERS } from './provisioners';
import { mapped, treat } from './treatment';
import { Values } from './values';
import type { ProvisionerPlan, StepPlan } from '../plan';
import type { Block, Build } from '../template/model';
import { suggestion } from '../template/nearest';

/** The provisioners that are for a builder, with its overrides. */
export const provisionersFor = (builder: Block, { provisioners }: Build): Block[] =>
  provisioners.filter((block) => isFor(block, builder)).map((block) => overridden(block, builder));

/** The steps of one provisioner. */
export const mapProvisioner = (block: Block, context: MappingContext): ProvisionerPlan =>
  ({ type: block.type, at: block.at, steps: stepsOf(block, context) });

function stepsOf(block: Block, context: MappingContext): StepPlan[] {
  const { part, platform, builder } = context;
  const mapping = PROVISIONERS.find(({ type }) => type === block.type);
  if (mapping === undefined) return refuse(block, context);
  if (mapping.platform !== undefined && mapping.platform !== platform) {
    part.refuse(block.at, `the provisioner "${block.type}" runs on ${mapping.platform} only, and the image of "${builder.name ?? builder.type}" is ${platform}`,
      'correct the builder, or say by "only" which builders the provisioner is for');
    return [];
  }
  part.became(block.at, mapped(mapping.becomes));
  treat(block.settings, `the provisioner ${block.type}`, { ...COMMON_OPTIONS, ...mapping.options }, part);
  const values = Values.of(block, part);
  return withCommonOptions(values, mapping.map(values, context), platform);
}

function refuse({ type, at }: Block, { part }: MappingContext): StepPlan[] {
  const refused = REFUSED_PROVISIONERS.find((each) => each.type === type);
  const known = [...PROVISIONERS, ...REFUSED_PROVISIONERS].map((each) => each.type);
  if (refused) part.refuse(at, `the provisioner "${type}": ${refused.why}`, refused.fix);
  else part.refuse(at, `the provisioner "${type}" is not known`, `${suggestion(type, known)}; what a plugin of your own does, write as a script`);
  return [];
}
