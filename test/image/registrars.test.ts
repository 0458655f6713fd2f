import { App, Aws, Fn, Stack } from 'aws-cdk-lib';
import {
  AccountPrincipal, AccountRootPrincipal, AnyPrincipal, ArnPrincipal, CompositePrincipal, Group, OrganizationPrincipal, Role, ServicePrincipal, User,
  WebIdentityPrincipal, type IGrantable, type PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { literal, newStack, Synthesized } from './fixture';
import type { RegisteredIntent } from '../../src/contract';
import { ControlPlaneSettings } from '../../src/control-plane';
import { ParentImage, RegisteredImage, type RegisterGrantOptions } from '../../src/image';

const newImage = (stack: Stack, id = 'Golden'): RegisteredImage => new RegisteredImage(stack, id, { initialAmi: ParentImage.amazonLinux2023() });
const newRole = (stack: Stack, id = 'Pipeline', roleName?: string): Role => new Role(stack, id, { assumedBy: new AccountRootPrincipal(), ...(roleName ? { roleName } : {}) });
const written = (stack: Stack): RegisteredIntent => new Synthesized(stack).registry.images[0]!.registered!;
const registrars = (stack: Stack): string[] => written(stack).registrars!.map(({ principal }) => principal);

function granted(grantee: (stack: Stack) => IGrantable, options?: RegisterGrantOptions): Stack {
  const stack = newStack('Shop');
  newImage(stack).grantRegister(grantee(stack), options);
  return stack;
}

const statements = (stack: Stack): Array<ReturnType<PolicyStatement['toJSON']>> =>
  new Synthesized(stack).ofType('AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => /^lambda:/.test(Action));

describe('what a deploy writes down of who may register', () => {
  test.each<[string, (stack: Stack) => IGrantable, string]>([
    ['a role of the stack', (stack) => newRole(stack), '{"Fn::GetAtt":["Pipeline'],
    ['a role that exists, with its path', (stack) => Role.fromRoleArn(stack, 'R', 'arn:aws:iam::123456789012:role/ci/pipeline'), 'arn:aws:iam::123456789012:role/ci/pipeline'],
    ['a role of another account', (stack) => Role.fromRoleArn(stack, 'R', 'arn:aws:iam::999999999999:role/pipeline'), 'arn:aws:iam::999999999999:role/pipeline'],
    ['a role by a value of the deploy', (stack) => Role.fromRoleArn(stack, 'R', Fn.importValue('PipelineRole')), '{"Fn::ImportValue":"PipelineRole"}'],
    ['a user of the stack', (stack) => new User(stack, 'Person'), '{"Fn::GetAtt":["Person'],
    ['a user that exists', (stack) => User.fromUserArn(stack, 'U', 'arn:aws:iam::123456789012:user/anna'), 'arn:aws:iam::123456789012:user/anna'],
    ['an ARN', () => new ArnPrincipal('arn:aws:iam::123456789012:role/pipeline'), 'arn:aws:iam::123456789012:role/pipeline'],
  ])('%s is written down by its ARN, and claims no tests', (_, grantee, arn) => {
    const stack = granted(grantee);
    const { Document: document } = new Synthesized(stack).ofType('Custom::GoldenImagesRegistry')[0]!.Properties;
    const text = JSON.stringify(document);
    expect(text).toContain(arn);
    expect(text).toContain('\\"claimsTests\\":false');
    expect(text).toContain('\\"path\\":\\"Shop/Golden\\"');
  });

  test('claims of tests are a grant of their own', () => {
    const { registrars: found } = written(granted((stack) => newRole(stack), { claimsTests: true }));
    expect(found).toEqual([{ principal: expect.any(String), claimsTests: true }]);
  });

  test('an image that was given to nobody has an empty list', () => {
    const stack = newStack('Shop');
    newImage(stack);
    expect(written(stack)).toMatchObject({ registrars: [], owners: [], path: 'Shop/Golden' });
    expect(written(stack)).not.toHaveProperty('direct');
  });
});

describe('who AWS would not name to the function', () => {
  test.each<[string, (stack: Stack) => IGrantable, string]>([
    ['a group', (stack) => new Group(stack, 'Team'), 'the grantee Shop/Team'],
    ['an account', () => new AccountPrincipal('123456789012'), 'the grantee AccountPrincipal'],
    ['the account of the stack', () => new AccountRootPrincipal(), 'the grantee AccountRootPrincipal'],
    ['an organization', () => new OrganizationPrincipal('o-1234567890'), 'the grantee OrganizationPrincipal'],
    ['everybody', () => new AnyPrincipal(), 'the grantee AnyPrincipal'],
    ['a service', () => new ServicePrincipal('codebuild.amazonaws.com'), 'the grantee ServicePrincipal'],
    ['an identity provider', () => new WebIdentityPrincipal('token.actions.githubusercontent.com'), 'the grantee WebIdentityPrincipal'],
    ['a session', () => new ArnPrincipal('arn:aws:sts::123456789012:assumed-role/pipeline/session'), 'the grantee ArnPrincipal'],
    ['the root of an account by its ARN', () => new ArnPrincipal(`arn:aws:iam::${Aws.ACCOUNT_ID}:root`), 'the grantee ArnPrincipal'],
    ['several at once', () => new CompositePrincipal(new ArnPrincipal('arn:aws:iam::123456789012:role/a'), new AccountPrincipal('123456789012')), 'the grantee CompositePrincipal'],
    ['what has no role', (stack) => LambdaFunction.fromFunctionArn(stack, 'F', 'arn:aws:lambda:eu-central-1:123456789012:function:f'), 'the grantee Shop/F'],
  ])('%s is refused, with what to do', (_, grantee, what) => {
    expect(() => granted(grantee)).toThrow(`Shop/Golden: ${what} is no role and no user; expected a role or a user`);
    expect(() => granted(grantee)).toThrow('grant it to each role and user; or let it invoke the function with directInvocation: true');
  });

  test('a group may invoke the function, where nobody is verified', () => {
    const stack = granted((scope) => new Group(scope, 'Team'), { directInvocation: true });
    expect(written(stack)).toMatchObject({ registrars: [], direct: { claimsTests: false } });
    expect(statements(stack)).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { Ref: expect.stringMatching(/Operatordirectgolden/) } }]);
  });
});

describe('direct invocations', () => {
  const invoked = (stack: Stack): string[] => statements(stack).flatMap(({ Resource }) => [Resource].flat()).map((each) => literal(each).replace(/^.*Operator(\w+?)[0-9A-F]{8}$/, '$1'));

  test('claims of tests come by an alias of their own, beside that of the image', () => {
    const stack = granted((scope) => new Group(scope, 'Team'), { directInvocation: true, claimsTests: true });
    expect(written(stack).direct).toEqual({ claimsTests: true });
    expect(invoked(stack)).toEqual(['directgolden', 'testedgolden']);
  });

  test('a grant without claims takes nothing from one with them', () => {
    const stack = newStack('Shop');
    const image = newImage(stack);
    image.grantRegister(new Group(stack, 'A'), { directInvocation: true, claimsTests: true });
    image.grantRegister(new Group(stack, 'B'), { directInvocation: true });
    expect(written(stack).direct).toEqual({ claimsTests: true });
    const { PolicyDocument } = new Synthesized(stack).ofType('AWS::IAM::Policy').find(({ Properties }) => /^B/.test(Properties.PolicyName))!.Properties;
    expect(JSON.stringify(PolicyDocument)).not.toContain('tested');
  });

  test('are no way around: without a function URL, directInvocation: false is refused', () => {
    const stack = newStack('Shop');
    ControlPlaneSettings.apply(stack, { operatorUrl: false });
    const image = newImage(stack);
    expect(() => image.grantRegister(newRole(stack), { directInvocation: false }))
      .toThrow('Shop/Golden: directInvocation is false and the stack has no function URL; expected a way in; leave directInvocation out');
  });
});

describe('a role of another stack', () => {
  const two = (roleName?: string): { shop: Stack; pipelines: Stack } => {
    const app = new App({ analyticsReporting: false });
    const [shop, pipelines] = [new Stack(app, 'Shop'), new Stack(app, 'Pipelines')];
    newImage(shop).grantRegister(newRole(pipelines, 'Pipeline', roleName));
    app.synth();
    return { shop, pipelines };
  };

  test('with a name is written down by it, and its stack comes after', () => {
    const { shop, pipelines } = two('release-pipeline');
    expect(registrars(shop)).toEqual(['arn:AWS::Partition:iam::AWS::AccountId:role/release-pipeline']);
    expect([shop.dependencies.includes(pipelines), pipelines.dependencies.includes(shop)]).toEqual([false, true]);
  });

  test('without a name is referred to, and gets its policy from here', () => {
    const { shop, pipelines } = two();
    expect([shop.dependencies.includes(pipelines), pipelines.dependencies.includes(shop)]).toEqual([true, false]);
    expect(statements(shop).map(({ Action }) => Action)).toEqual(['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction']);
    expect(JSON.stringify(new Synthesized(shop).ofType('Custom::GoldenImagesRegistry')[0]!.Properties.Document)).toContain('Fn::ImportValue');
  });

  test('may have two images of one stack', () => {
    const app = new App({ analyticsReporting: false });
    const [shop, pipelines] = [new Stack(app, 'Shop'), new Stack(app, 'Pipelines')];
    const role = newRole(pipelines);
    ['A', 'B'].forEach((id) => newImage(shop, id).grantRegister(role));
    expect(() => app.synth()).not.toThrow();
  });
});

describe('owners of AMIs', () => {
  const owned = (...owners: string[]): Stack => {
    const stack = newStack('Shop');
    new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023(), owners });
    return stack;
  };

  test('others than the account of the stack are written down, and warned of', () => {
    const stack = owned('999999999999');
    expect(written(stack).owners).toEqual(['999999999999']);
    expect(new Synthesized(stack).warnings).toContainEqual(expect.stringMatching(/AMIs of 999999999999 may become versions: .*foreignOwners/));
  });

  test('nothing is warned of where there are none', () => {
    expect(new Synthesized(owned()).warnings.join()).not.toContain('foreignOwners');
  });

  test.each([['amazon', 'give the id of the account'], ['self', 'leave it out'], ['12345', 'give the id of the account']])('%s is refused', (owner, fix) => {
    expect(() => owned(owner)).toThrow(new RegExp(`Shop/Golden: the owner '${owner}' is not valid; expected ids of accounts, of 12 digits; ${fix}`));
  });
});
