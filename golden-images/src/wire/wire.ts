import { allServices } from '../world';
import { credentialScope, HANDLER_HEADER, type CredentialScope } from './caller';
import { clientPackages } from './clients';
import { functionUrl } from './function-urls';
import type { WireRequest, WireResponse } from './message';
import { principalOf, refuseEarly } from './principal';
import { AwsError, NotModelled, type Service, type World } from '../world/kernel';
import { ServiceModel } from './model/service-model';
import { refuseInvalid } from './model/validate';
import { protocolOf } from './protocol';
import type { Call, Protocol } from './protocol/protocol';
import { passThrough } from './raw';
import { sidePath } from './side-paths';
import type { Verifier } from './signature/verifier';

export type ServiceClass = new (world: World) => Service;

/** Services that clients address in another region than their own, because they have one endpoint for all regions. */
const GLOBAL = new Set(['iam', 'sts', 's3']);

/** Turns requests of AWS clients into calls of a world, and what comes of them into responses. */
export class Wire {
  private readonly services: ReadonlyMap<string, Service>;

  public constructor(private readonly world: World, classes: readonly ServiceClass[] = allServices) {
    this.services = new Map(classes.map((type) => world.get(type)).map((service) => [service.signingName, service]));
  }

  /**
   * Undefined when the caller died before the call (see `Faults.killAfter`): it gets no answer. Signatures are verified where there is
   * somebody to do it; what runs in this process is believed.
   */
  public async handle(request: WireRequest, verifier?: Verifier): Promise<WireResponse | undefined> {
    if (request.headers[HANDLER_HEADER] !== undefined && this.world.faults.handlerCall()) return undefined;
    const answered = sidePath(this.services, request) ?? await functionUrl(this.world, this.services, request, verifier);
    return answered ?? this.world.as(principalOf(this.world, request), () => this.serve(request, credentialScope(request), verifier));
  }

  private async serve(request: WireRequest, scope: CredentialScope | undefined, verifier?: Verifier): Promise<WireResponse> {
    const protocol = protocolOf(request, scope && clientPackages[scope.signingName]?.protocol);
    let model: ServiceModel | undefined;
    try {
      await verifier?.check(request, protocol.refusals);
      const service = this.serviceOf(scope);
      model = await ServiceModel.of(service.signingName);
      return await passThrough(this.world, service, request, protocol.missingCode)
        ?? await this.perform(service, model, protocol, request);
    } catch (error) {
      return protocol.error(this.asAwsError(error, request), model, request);
    }
  }

  private async perform(service: Service, model: ServiceModel | undefined, protocol: Protocol, request: WireRequest): Promise<WireResponse> {
    if (!model) throw new NotModelled(`the service ${service.signingName} for remote clients (no schemas of it are installed)`);
    const { name, operation, labels } = protocol.call(request, model);
    if (!operation) throw new NotModelled(`${service.signingName}:${name}`);
    const input = this.decode(service, protocol, request, { name, operation, labels });
    if (service.operations[operation.name]) {
      const { signingName } = service;
      refuseInvalid({ signingName, operation: operation.name, input, schema: operation.input }, protocol.missingCode);
    }
    refuseEarly(this.world, request, service.signingName, operation.name);
    const output = await this.world.call(service, operation.name, input);
    return protocol.encode(operation, output, model, request);
  }

  private decode(service: Service, protocol: Protocol, request: WireRequest, { name, operation, labels }: Call): Record<string, unknown> {
    try {
      return protocol.decode(operation!, request, labels);
    } catch (error) {
      if (!(error instanceof NotModelled)) throw error;
      throw new AwsError(error.code, `${service.signingName}:${name}: ${error.message}`, error.status);
    }
  }

  private serviceOf(scope: CredentialScope | undefined): Service {
    if (!scope) throw new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
    const service = this.services.get(scope.signingName);
    if (!service) throw new NotModelled(`the service ${scope.signingName}`);
    if (scope.region !== undefined && scope.region !== this.world.region && !GLOBAL.has(scope.signingName)) {
      throw new NotModelled(`the region ${scope.region} (it is ${this.world.region})`);
    }
    return service;
  }

  /** A defect of the model is told to the client and logged; 501, because clients repeat a 500. */
  private asAwsError(error: unknown, request: WireRequest): AwsError {
    if (error instanceof AwsError) return error;
    const { stack, message } = error instanceof Error ? error : new Error(String(error));
    this.world.log('wire', `${request.method} ${request.path} failed inside the local AWS: ${stack ?? message}`);
    return new AwsError('InternalFailure', `the local AWS failed: ${message}`, 501);
  }
}
