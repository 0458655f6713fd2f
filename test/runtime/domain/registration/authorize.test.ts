import type { RegisterCommand, RegisteredIntent } from '../../../../src/contract';
import { authorize, RefusedRequest, registeredBy, type Entrance } from '../../../../src/runtime/domain/registration';

const ACCOUNT = '123456789012';
const intent = (over: Partial<RegisteredIntent> = {}): RegisteredIntent => ({ platform: 'Linux', architecture: 'x86_64', path: 'Shop/Golden', ...over });
const command = (over: Partial<RegisterCommand> = {}): RegisterCommand => ({ command: 'register', image: 'golden', amis: {}, ...over });
const grantedTo = (principal: string, claimsTests = false): RegisteredIntent => intent({ registrars: [{ principal, claimsTests }] });
const url = (caller: string): Entrance => ({ via: 'url', caller });
const session = (role: string, account = ACCOUNT, name = 'session'): string => `arn:aws:sts::${account}:assumed-role/${role}/${name}`;

describe('over the function URL', () => {
  test.each([
    ['a role', `arn:aws:iam::${ACCOUNT}:role/pipeline`, session('pipeline')],
    ['a role with a path, which its sessions do not have', `arn:aws:iam::${ACCOUNT}:role/teams/web/pipeline`, session('pipeline')],
    ['a role with colons in its path', `arn:aws:iam::${ACCOUNT}:role/a:b/pipeline`, session('pipeline')],
    ['a role that is given without its path', `arn:aws:iam::${ACCOUNT}:role/AWSReservedSSO_Release_0123456789abcdef`, session('AWSReservedSSO_Release_0123456789abcdef', ACCOUNT, 'anna@example.com')],
    ['a role of IAM Identity Center', `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Release_0123456789abcdef`, session('AWSReservedSSO_Release_0123456789abcdef')],
    ['a role in China', `arn:aws-cn:iam::${ACCOUNT}:role/pipeline`, `arn:aws-cn:sts::${ACCOUNT}:assumed-role/pipeline/s`],
    ['a user', `arn:aws:iam::${ACCOUNT}:user/anna`, `arn:aws:iam::${ACCOUNT}:user/anna`],
    ['a user who is given without the path', `arn:aws:iam::${ACCOUNT}:user/anna`, `arn:aws:iam::${ACCOUNT}:user/people/anna`],
  ])('%s is known by account and name', (_, principal, caller) => {
    expect(() => authorize(url(caller), command(), grantedTo(principal))).not.toThrow();
  });

  test.each([
    ['another role', session('pipelines')],
    ['a role of the name with something before', session('my-pipeline')],
    ['the role of the name in another account', session('pipeline', '999999999999')],
    ['a session of that name', session('reader', ACCOUNT, 'pipeline')],
    ['a user of the name', `arn:aws:iam::${ACCOUNT}:user/pipeline`],
    ['a federated user', `arn:aws:sts::${ACCOUNT}:federated-user/pipeline`],
    ['the root of the account', `arn:aws:iam::${ACCOUNT}:root`],
    ['a group', `arn:aws:iam::${ACCOUNT}:group/pipeline`],
    ['nothing', ''],
    ['a session with more behind it', `${session('pipeline')}/more`],
    ['the ARN within another text', `x ${session('pipeline')}`],
    ['the ARN with a line behind it', `${session('pipeline')}\n`],
  ])('%s is not the role', (_, caller) => {
    const attempt = (): void => authorize(url(caller), command(), grantedTo(`arn:aws:iam::${ACCOUNT}:role/teams/pipeline`));
    expect(attempt).toThrow(RefusedRequest);
    expect(attempt).toThrow(`${caller} may not register versions of 'golden'; missing: grantRegister(its role or user) of Shop/Golden`);
  });

  test('what is neither role nor user lets nobody in, not even itself', () => {
    for (const principal of [`arn:aws:iam::${ACCOUNT}:root`, `arn:aws:iam::${ACCOUNT}:group/team`, '*', '']) {
      expect(() => authorize(url(principal), command(), grantedTo(principal))).toThrow(/may not register/);
    }
  });

  test('a document of a former version lets nobody in, by any way', () => {
    const former: RegisteredIntent = { platform: 'Linux', architecture: 'x86_64', projectName: 'shop--golden' };
    const project: Entrance = { via: 'build', image: 'golden' };
    expect(() => authorize(url(session('pipeline')), command(), former)).toThrow("missing: grantRegister(its role or user) of the RegisteredImage 'golden'");
    expect(() => authorize({ via: 'direct', image: 'golden', claimsTests: true, caller: 'me' }, command(), former)).toThrow(/missing: grantRegister\(…, \{ directInvocation: true \}\)/);
    expect(() => authorize(project, command({ tested: true }), former)).toThrow(/may not say/);
    expect(() => authorize(project, command({ build: 'b' }), former)).not.toThrow();
  });

  test('tests are claimed by who may, with any of the grants', () => {
    const principal = `arn:aws:iam::${ACCOUNT}:role/pipeline`;
    const both = intent({ registrars: [{ principal, claimsTests: false }, { principal, claimsTests: true }] });
    expect(() => authorize(url(session('pipeline')), command({ tested: true }), both)).not.toThrow();
    expect(() => authorize(url(session('pipeline')), command({ tested: true }), grantedTo(principal)))
      .toThrow("may not say that AMIs of 'golden' were tested; missing: grantRegister(…, { claimsTests: true }) of Shop/Golden");
    expect(() => authorize(url(session('pipeline')), command({ tested: false }), grantedTo(principal))).not.toThrow();
  });
});

describe('by an alias', () => {
  const direct = (claimsTests = false): Entrance => ({ via: 'direct', image: 'golden', claimsTests, caller: 'jenkins' });

  test.each<Entrance>([direct(true), { via: 'build', image: 'golden' }])('%j stands for one image', (entrance) => {
    const all = intent({ projectName: 'p', projectClaimsTests: true, direct: { claimsTests: true } });
    expect(() => authorize(entrance, command({ image: 'silver' }), all)).toThrow("registers versions of 'golden' only, not of 'silver'");
    expect(() => authorize(entrance, command({ tested: true }), all)).not.toThrow();
  });

  test('an alias that somebody made, and the deploy does not know, is none', () => {
    expect(() => authorize(direct(), command(), intent())).toThrow(/jenkins may not register/);
    expect(() => authorize(direct(true), command({ tested: true }), intent({ direct: { claimsTests: false } }))).toThrow(/may not say/);
    expect(() => authorize({ via: 'build', image: 'golden' }, command(), intent())).toThrow(/a build may not register versions of 'golden'; missing: a PackerBuild of Shop\/Golden/);
  });

  test('tests are claimed by the alias for it only', () => {
    const both = intent({ direct: { claimsTests: true } });
    expect(() => authorize(direct(), command({ tested: true }), both)).toThrow(/may not say/);
    expect(() => authorize(direct(true), command({ tested: true }), both)).not.toThrow();
  });
});

test('only who comes over the URL is verified, and a build is called by its ARN', () => {
  expect(registeredBy(url('arn'), command())).toEqual({ caller: 'arn', verified: true, via: 'url' });
  expect(registeredBy({ via: 'direct', image: 'golden', claimsTests: false, caller: 'me' }, command())).toEqual({ caller: 'me', verified: false, via: 'direct' });
  expect(registeredBy({ via: 'build', image: 'golden' }, command({ build: 'arn:build' }))).toEqual({ caller: 'arn:build', verified: false, via: 'build' });
});
