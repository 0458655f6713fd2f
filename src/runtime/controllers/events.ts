import { pauseParameterName, releaseDocumentName, type ControllerMessage, type RegistryDocument } from '../../contract';

/** An event as EventBridge hands it on; nothing in it is trusted to be there. */
export interface EventBridgeEvent {
  readonly 'source'?: string;
  readonly 'detail-type'?: string;
  readonly 'resources'?: readonly string[];
  readonly 'detail'?: Readonly<Record<string, unknown>>;
}

const SWEEP: ControllerMessage = { kind: 'sweep' };

/** What an event says to look at again; nothing for one that is not known or not ours. */
export function messagesOf(event: EventBridgeEvent, registry: RegistryDocument): ControllerMessage[] {
  switch (event.source) {
    case 'aws.imagebuilder': return imagesOf(event.resources ?? [], registry);
    case 'aws.codebuild': return imagesOfProject(event.detail?.['project-name'], registry);
    case 'aws.autoscaling': return fleetsOfGroup(event.detail?.AutoScalingGroupName, registry);
    case 'aws.cloudwatch': return fleetsOfAlarm(event.detail?.alarmName, registry);
    case 'aws.ssm': return event.detail?.name === pauseParameterName(registry.namespace) ? [SWEEP] : consumersOf(event.detail?.name, registry);
    case 'aws.cloudformation': return (event.resources ?? []).includes(registry.stackId) || event.detail?.['stack-id'] === registry.stackId ? [SWEEP] : [];
    default: return [];
  }
}

/** `…:image/<name>/1.0.3/1` belongs to the image whose recipe is `…:image-recipe/<name>/…`; image ARNs are lower-case. */
function imagesOf(arns: readonly string[], { images }: RegistryDocument): ControllerMessage[] {
  return images
    .filter(({ recipeArn }) => {
      const prefix = `:image/${recipeArn.split('/')[1]?.toLowerCase()}/`;
      return arns.some((arn) => arn.includes(prefix));
    })
    .map(({ name }) => ({ kind: 'image', name }));
}

function imagesOfProject(project: unknown, { images }: RegistryDocument): ControllerMessage[] {
  return images
    .filter(({ registered }) => registered?.projectName !== undefined && registered.projectName === project)
    .map(({ name }) => ({ kind: 'image', name }));
}

function fleetsOfGroup(group: unknown, { fleets }: RegistryDocument): ControllerMessage[] {
  return fleets
    .filter(({ targets }) => targets.some(({ groupName }) => groupName === group))
    .map(({ name }) => ({ kind: 'fleet', name }));
}

function fleetsOfAlarm(alarm: unknown, { fleets }: RegistryDocument): ControllerMessage[] {
  return fleets
    .filter(({ rollout }) => rollout.alarmNames.some((name) => name === alarm))
    .map(({ name }) => ({ kind: 'fleet', name }));
}

/**
 * A channel's parameter changed, or a write of it failed after Parameter Store had said yes: its image puts it right, and those
 * who stand on it or follow it read it. A fleet's status is for the image whose canary it may be.
 */
function consumersOf(parameter: unknown, { images, fleets }: RegistryDocument): ControllerMessage[] {
  const touches = (name: string): boolean => parameter === name || parameter === releaseDocumentName(name);
  const imageNames = new Set([
    ...images.filter(({ channels }) => channels.some(({ parameterName }) => touches(parameterName))).map(({ name }) => name),
    ...images.filter(({ parent }) => parent.type === 'image' && touches(parent.parameterName)).map(({ name }) => name),
    ...fleets.filter(({ statusName }) => statusName === parameter).map(({ follows }) => follows.image),
  ]);
  const following = fleets.filter((fleet) => touches(fleet.follows.parameterName) || fleet.parameterName === parameter);
  return [
    ...[...imageNames].map((name): ControllerMessage => ({ kind: 'image', name })),
    ...following.map(({ name }): ControllerMessage => ({ kind: 'fleet', name })),
  ];
}
