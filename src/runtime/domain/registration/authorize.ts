import { RefusedRequest } from './refused';
import type { RegisterCommand, RegisteredBy, RegisteredIntent } from '../../../contract';

/** How a command came in: AWS tells by which alias the function was called, and of its URL who signed the request. */
export type Entrance =
  | { readonly via: 'url'; readonly caller: string }
  | { readonly via: 'build'; readonly image: string }
  | { readonly via: 'direct'; readonly image: string; readonly claimsTests: boolean; readonly caller: string };

/** Who the ledger says it was. Only the function URL verifies a caller: an alias tells what may be done by it, not who does it. */
export function registeredBy(entrance: Entrance, { build }: RegisterCommand): RegisteredBy {
  const { via } = entrance;
  return { caller: via === 'build' ? build ?? 'unknown' : entrance.caller, verified: via === 'url', via };
}

/** Throws unless the deploy said that who comes this way may register this image and, where it is said, that its AMI was tested. */
export function authorize(entrance: Entrance, command: RegisterCommand, intent: RegisteredIntent): void {
  const { image, build, tested } = command;
  if (entrance.via !== 'url' && entrance.image !== image) {
    throw new RefusedRequest(`this alias of the function registers versions of '${entrance.image}' only, not of '${image}'`, 403);
  }
  if (entrance.via !== 'build' && build !== undefined) throw new RefusedRequest('"build" comes from builds of the project of the image only', 403);
  const { registers, claimsTests, grant } = rights(entrance, intent);
  const place = `of ${intent.path ?? `the RegisteredImage '${image}'`}`;
  if (!registers) throw new RefusedRequest(`${who(entrance)} may not register versions of '${image}'; missing: ${grant} ${place}`, 403);
  if (tested && !claimsTests) {
    const missing = entrance.via === 'build' ? 'tested: true of its PackerBuild' : `grantRegister(…, { claimsTests: true }) ${place}`;
    throw new RefusedRequest(`${who(entrance)} may not say that AMIs of '${image}' were tested; missing: ${missing}`, 403);
  }
}

interface Rights {
  readonly registers: boolean;
  readonly claimsTests: boolean;
  /** What gives the right to register. */
  readonly grant: string;
}

function rights(entrance: Entrance, { projectName, projectClaimsTests, registrars = [], direct }: RegisteredIntent): Rights {
  switch (entrance.via) {
    case 'url': {
      const found = registrars.filter(({ principal }) => isSame(principal, entrance.caller));
      return { registers: found.length > 0, claimsTests: found.some(({ claimsTests }) => claimsTests), grant: 'grantRegister(its role or user)' };
    }
    case 'build': return { registers: projectName !== undefined, claimsTests: projectClaimsTests === true, grant: 'a PackerBuild' };
    case 'direct': return {
      registers: direct !== undefined,
      claimsTests: entrance.claimsTests && direct?.claimsTests === true,
      grant: 'grantRegister(…, { directInvocation: true })',
    };
  }
}

const who = (entrance: Entrance): string => (entrance.via === 'build' ? 'a build' : entrance.caller);

function isSame(principal: string, caller: string): boolean {
  const identity = identityOf(principal);
  return identity !== undefined && identity === identityOf(caller);
}

const ENTITY = /^arn:[^:]+:iam::(\d{12}):(role|user)\/(?:[!-~]+\/)?([\w+=,.@-]+)$/;
const SESSION = /^arn:[^:]+:sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/[\w+=,.@-]+$/;

/**
 * Account, kind and name of a role or user. The ARN of a session has the name of its role without the path (Service Authorization Reference, "AWS
 * Security Token Service", resource types; hashicorp/terraform-provider-aws#19957), and names are unique in an account whatever their paths (IAM
 * API Reference, CreateRole, `RoleName`; assumption: function-url-session-arn). Sessions of GetFederationToken (`federated-user/…`) do not name the user that they are of, and the
 * root of an account is nobody in particular: they are none.
 */
function identityOf(arn: string): string | undefined {
  const [, account, kind, name] = ENTITY.exec(arn) ?? [];
  if (account !== undefined) return `${account}:${kind}/${name}`;
  const [, home, role] = SESSION.exec(arn) ?? [];
  return home === undefined ? undefined : `${home}:role/${role}`;
}
