import { differences } from './build-inputs';
import { cut } from './cut';
import type { BuildDetails, SeenBuild } from './observation';
import type { Definition, ImageRecord } from './record';

/** Our clock and the service's may differ by so much. */
const SKEW = 60_000;

/** Longest reason that is kept, in characters. */
const LONGEST_REASON = 1000;

/** What a build was made of that its deploy did not declare, as a reason; undefined where nothing is. */
export function foreignIn(record: ImageRecord, build: SeenBuild, details: BuildDetails): string | undefined {
  const reason = judge(record, build, details);
  return reason === undefined ? undefined : cut(reason, LONGEST_REASON);
}

function judge(record: ImageRecord, build: SeenBuild, details: BuildDetails): string | undefined {
  const definitions = inForce(record, build, details);
  const compared = definitions.filter(({ inputsForgotten }) => !inputsForgotten);
  if (definitions.length === 0 || !details.inputs) return undefined;
  if (compared.some(({ inputs }) => inputs === undefined)) return undefined;
  const differing = compared.map(({ inputs }) => differences(inputs!, details.inputs!));
  if (differing.length === 0) return 'what its deploy declared is not kept any more';
  if (!differing.some((each) => each.length === 0)) return differing[0]!.join('; ');
  return laterRecipe(definitions, details) ?? laterComponent(details) ?? foreignParent(details);
}

/** The definition that held when the build began, and those that were accepted after that: their deploy may have been under way. */
function inForce({ definitions }: ImageRecord, build: SeenBuild, { recipeArn }: BuildDetails): readonly Definition[] {
  const ofRecipe = definitions.filter((each) => each.recipeArn === recipeArn);
  const later = ofRecipe.filter(({ acceptedAt }) => Date.parse(acceptedAt) > build.createdAt);
  const before = ofRecipe.filter(({ acceptedAt }) => Date.parse(acceptedAt) <= build.createdAt);
  return [...before.slice(-1), ...later];
}

/** Of a recipe that was deleted and created again, the service keeps the ARN alone (assumption: imagebuilder-versions-never-reused). */
function laterRecipe(definitions: readonly Definition[], { recipeArn, recipeCreatedAt = 0 }: BuildDetails): string | undefined {
  const later = definitions.every(({ acceptedAt }) => Date.parse(acceptedAt) + SKEW < recipeCreatedAt);
  return later ? `its recipe ${recipeArn} was created after the deploy that declares it` : undefined;
}

/** A component stands before the recipe that names it; one that came later has taken the place of what the recipe named. */
function laterComponent({ components = [], recipeCreatedAt }: BuildDetails): string | undefined {
  if (recipeCreatedAt === undefined) return undefined;
  const later = components.find(({ createdAt }) => createdAt > recipeCreatedAt);
  return later && `its component ${later.arn} was created after the recipe that names it`;
}

function foreignParent({ ami, parentAmis }: BuildDetails): string | undefined {
  if (ami?.sourceAmi === undefined || !parentAmis || parentAmis.includes(ami.sourceAmi)) return undefined;
  return `it stands on ${ami.sourceAmi}, which is of no version of its parent`;
}
