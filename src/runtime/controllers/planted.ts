import type { WantedParameter } from './create-parameters';
import { AMI_ID } from '../../contract';
import { companions } from '../domain/seeds';
import type { Parameter, SeedPorts } from '../ports';

/** Why parameters may not be taken that stood there before the ledger knew of them: whoever could plant them would say what the first instances run. */
export async function planted(wanted: readonly WantedParameter[], { parameters }: Pick<SeedPorts, 'parameters'>): Promise<string[]> {
  const problems: string[] = [];
  for (const each of wanted) {
    const found = await parameters.get(each.name);
    if (found && !isWanted(found, each)) problems.push(plantedProblem(each, found));
    for (const name of companions(each.name)) {
      const beside = await parameters.get(name);
      if (beside) problems.push(`${each.owner}: ${name} ${STRANGE}: it holds '${shown(beside.value)}', expected no such parameter yet; ${remove(name)}`);
    }
  }
  return problems;
}

/** Whether a parameter is as the seed would make it itself. Its data type lets AWS check what is written into it. */
export const isWanted = ({ value, dataType = 'aws:ec2:image' }: Parameter, { ami }: WantedParameter): boolean => value === ami && dataType === 'aws:ec2:image';

export function plantedProblem({ name, owner, ami }: WantedParameter, { value, dataType = 'aws:ec2:image' }: Parameter): string {
  const right = AMI_ID.test(value) ? `; if ${value} is right, give it as initialAmi beforehand` : '';
  return `${owner}: ${name} ${STRANGE}: it holds '${shown(value)}' (data type ${dataType}), expected ${ami} (data type aws:ec2:image); ${remove(name)}${right}`;
}

const STRANGE = 'exists already, and is not from this stack';

const remove = (name: string): string => `delete it (aws ssm delete-parameter --name ${name}) and deploy again`;

const shown = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);
