import { EngineError } from './failure';
import { checkConstraints } from './property-constraints';
import { NotModelled, type Properties, type ResourceContext, type ResourceType } from '../../kernel';

/** What a resource type made: the physical id and, of custom resources, the attributes they answered. */
export interface Made {
  readonly physicalId: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What a handler is told, beyond what resource types of services need. */
export interface HandlerContext extends ResourceContext {
  readonly resourceType: string;
}

/** A resource type as the engine uses it. Unlike a service's type, an update may give a new physical id (custom resources). */
export interface ResourceHandler {
  /** Whether CloudFormation does not know the type in this region. */
  readonly unrecognized?: boolean;
  /** What a change of a property means; undefined for a property that is not modelled. */
  change(property: string): 'update' | 'replace' | undefined;
  create(context: HandlerContext, properties: Properties): Promise<Made>;
  update(context: HandlerContext, current: Made, properties: Properties, previous: Properties): Promise<Made>;
  delete(context: HandlerContext, physicalId: string, properties: Properties): Promise<void>;
  attribute(made: Made, name: string, properties: Properties): unknown;
  ref(physicalId: string): string;
}

/** All resource types of the world. */
export class ResourceTypes {
  private readonly handlers = new Map<string, ResourceHandler>();
  private custom: ResourceHandler | undefined;

  public add(types: Readonly<Record<string, ResourceType>>): void {
    for (const [name, type] of Object.entries(types)) this.handlers.set(name, handlerOf(name, type));
  }

  /** A type that CloudFormation handles itself. */
  public set(name: string, handler: ResourceHandler): void {
    this.handlers.set(name, handler);
  }

  /** The handler of `AWS::CloudFormation::CustomResource` and of every `Custom::` type. */
  public setCustom(handler: ResourceHandler): void {
    this.custom = handler;
  }

  public find(name: string): ResourceHandler | undefined {
    return isCustom(name) ? this.custom : this.handlers.get(name);
  }

  public get(name: string): ResourceHandler {
    const handler = this.find(name);
    if (!handler) throw new NotModelled(`the resource type ${name}`);
    return handler;
  }
}

export const isCustom = (name: string): boolean => name.startsWith('Custom::') || name === 'AWS::CloudFormation::CustomResource';

function requireProperties({ logicalId }: HandlerContext, { required = [] }: ResourceType, properties: Properties): void {
  const missing = required.filter((name) => properties[name] === undefined);
  if (missing.length === 0) return;
  throw new EngineError(`Properties validation failed for resource ${logicalId} with message: #: required key [${missing.join('], [')}] not found`);
}

function handlerOf(name: string, type: ResourceType): ResourceHandler {
  return {
    unrecognized: type.unrecognized ?? false,
    change: (property) => (Object.hasOwn(type.properties, property) ? type.properties[property] : undefined),
    create: async (context, properties) => {
      requireProperties(context, type, properties);
      checkConstraints(name, properties);
      return { physicalId: await type.create(context, properties) };
    },
    update: async (context, current, properties, previous) => {
      if (!type.update) throw new NotModelled(`updates of the resource type ${name}`);
      requireProperties(context, type, properties);
      checkConstraints(name, properties);
      await type.update(context, current.physicalId, properties, previous);
      return current;
    },
    delete: async (context, physicalId, properties) => type.delete(context, physicalId, properties),
    attribute: (made, attribute, properties) => type.attribute(made.physicalId, attribute, properties),
    ref: (physicalId) => type.ref?.(physicalId) ?? physicalId,
  };
}
