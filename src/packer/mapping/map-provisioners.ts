import { builderNames, isFor } from './builders/builder-names';
import { COMMON_OPTIONS, withCommonOptions } from './common-options';
import type { MappingContext } from './context';
import { PROVISIONERS, REFUSED_PROVISIONERS } from './provisioners';
import { treat } from './treatment';
import { Values } from './values';
import type { Step } from '../../component/step';
import { TemplateError } from '../template/error';
import type { Block, Build } from '../template/model';
import { suggestion } from '../template/nearest';

/** The provisioners that are for a builder, with its overrides. */
export function provisionersFor(builder: Block, build: Build): Block[] {
  const names = builderNames(builder, build);
  return build.provisioners.filter((block) => isFor(block, builder, build)).map((block) => {
    const override = [...block.overrides ?? []].find(([name]) => names.includes(name))?.[1];
    return override ? { ...block, settings: new Map([...block.settings, ...override]) } : block;
  });
}

/** The steps of one provisioner. */
export function mapProvisioner(block: Block, context: MappingContext): Step[] {
  const mapping = PROVISIONERS.find(({ type }) => type === block.type) ?? refuse(block);
  if (mapping.platform !== undefined && mapping.platform !== context.platform) {
    throw new TemplateError(block.at, `the provisioner "${block.type}" runs on ${mapping.platform} only, and the image of "${context.builder.name ?? context.builder.type}" is ${context.platform}`,
      'correct the builder, or say by "only" which builders the provisioner is for');
  }
  treat(block, `the provisioner ${block.type}`, { ...COMMON_OPTIONS, ...mapping.options }, context.notices);
  const values = Values.of(block);
  return withCommonOptions(values, mapping.map(values, context), context.platform);
}

function refuse(block: Block): never {
  const refused = REFUSED_PROVISIONERS.find(({ type }) => type === block.type);
  if (refused) throw new TemplateError(block.at, `the provisioner "${block.type}": ${refused.why}`, refused.fix);
  const known = [...PROVISIONERS, ...REFUSED_PROVISIONERS].map(({ type }) => type);
  throw new TemplateError(block.at, `the provisioner "${block.type}" is not known`, `${suggestion(block.type, known)}; what a plugin of your own does, write as a script`);
}
