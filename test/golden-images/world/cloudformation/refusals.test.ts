import { Fixture, things, type TemplateObject } from './fixture';

const thing = (properties: Record<string, unknown> = {}, rest: TemplateObject = {}): TemplateObject => (
  things({ X: { Properties: properties } }, rest)
);
const value = (of: unknown, rest: TemplateObject = {}): TemplateObject => thing({ Value: of }, rest);

describe('a template is refused before anything is made', () => {
  test.each<[string, TemplateObject | string, string | RegExp]>([
    ['no JSON', '{ "a": ', /^Template format error: JSON not well-formed/],
    ['no YAML', 'a: [', /^Template format error: YAML not well-formed/],
    ['an unknown tag', 'Resources: !Foo x', /^Template format error: YAML not well-formed/],
    ['text only', 'hello', 'Template format error: unsupported structure.'],
    ['no resources', { Resources: {} }, 'Template format error: At least one Resources member must be defined.'],
    ['an unknown section', thing({}, { Foo: 1 }), 'Template format error: Invalid template property or properties [Foo]'],
    ['a bad logical id', { Resources: { 'a-b': { Type: 'Test::Thing' } } }, 'Template format error: Resource name a-b is non alphanumeric.'],
    ['a resource without a type', { Resources: { X: {} } }, 'Template error: [/Resources/X] Every Resources object must contain a Type member.'],
    ['an unknown type', { Resources: { X: { Type: 'AWS::Foo::Bar' } } }, /does not model the resource type AWS::Foo::Bar \(resource X\); nothing was done/],
    ['an unknown property', thing({ Foo: 1 }), /does not model the property Foo of Test::Thing \(resource X\)/],
    ['a property named like a member of all objects', thing({ toString: 1 }), /does not model the property toString of Test::Thing/],
    ['an unknown attribute', things({ X: { CreationPolicy: {} } }), /does not model the attribute CreationPolicy of resource X/],
    ['an update policy', things({ X: { UpdatePolicy: { AutoScalingRollingUpdate: {} } } }), /does not model the update policy AutoScalingRollingUpdate of resource X/],
    ['a snapshot policy', things({ X: { DeletionPolicy: 'Snapshot' } }), /does not model the deletion policy Snapshot \(resource X\)/],
    ['a foolish policy', things({ X: { DeletionPolicy: 'Keep' } }), /Unrecognized DeletionPolicy "Keep" for resource X/],
    ['a transform', thing({}, { Transform: 'AWS::Serverless-2016-10-31' }), /does not model the transform AWS::Serverless-2016-10-31/],
    ['an unknown function', value({ 'Fn::Foo': 1 }), /does not model the intrinsic function Fn::Foo/],
    ['Length without the extensions', value({ 'Fn::Length': [] }), 'Template error: Fn::Length requires the transform AWS::LanguageExtensions'],
    ['a reference to nothing', value({ Ref: 'Y' }), 'Template format error: Unresolved resource dependencies [Y] in the Resources block of the template'],
    ['a reference to nothing in Sub', value({ 'Fn::Sub': '${Y}' }), 'Template format error: Unresolved resource dependencies [Y] in the Resources block of the template'],
    ['an attribute of nothing', value({ 'Fn::GetAtt': ['Y', 'Z'] }), 'Template error: instance of Fn::GetAtt references undefined resource Y'],
    ['an output of nothing', thing({}, { Outputs: { O: { Value: { Ref: 'Y' } } } }), 'Template format error: Unresolved resource dependencies [Y] in the Outputs block of the template'],
    ['a dependency on nothing', things({ X: { DependsOn: 'Y' } }), 'Template format error: Unresolved resource dependencies [Y] in the Resources block of the template'],
    [
      'a reference to a resource whose condition is false',
      things({ X: { Properties: { Value: { Ref: 'Y' } } }, Y: { Condition: 'No' } }, { Conditions: { No: { 'Fn::Equals': [1, 2] } } }),
      'Template format error: Unresolved resource dependencies [Y] in the Resources block of the template',
    ],
    ['a circle', things({ A: { DependsOn: 'B' }, B: { Properties: { Value: { Ref: 'A' } } }, C: { DependsOn: 'A' } }), 'Circular dependency between resources: [A, B]'],
    ['a resource that stands on itself', value({ Ref: 'X' }), 'Circular dependency between resources: [X]'],
    ['an unknown condition', things({ X: { Condition: 'Y' } }), 'Template format error: Unresolved condition dependency Y of X'],
    ['a condition that is none', thing({}, { Conditions: { C: 'x' } }), 'Template error: "x" is not a condition function'],
    ['conditions in a circle', thing({}, { Conditions: { A: { Condition: 'B' }, B: { Condition: 'A' } } }), /circular dependency between conditions/],
    ['a condition on a resource', thing({}, { Conditions: { C: { 'Fn::Equals': [{ Ref: 'X' }, 1] } } }), /Cannot reference resources in the Conditions block/],
    ['a mapping that is not there', value({ 'Fn::FindInMap': ['M', 'a', 'b'] }), 'Template error: Unable to get mapping for M::a::b'],
    ['an index that is not there', value({ 'Fn::Select': [2, ['a']] }), 'Template error: Fn::Select cannot select nonexistent value at index 2'],
    ['a block that is too small', value({ 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }), /is too small/],
    ['secrets', value('{{resolve:secretsmanager:x}}'), /does not model the dynamic reference resolve:secretsmanager:x/],
    ['secure strings', value('{{resolve:ssm-secure:x:1}}'), /does not model the dynamic reference resolve:ssm-secure:x:1/],
    ['a dynamic reference to nothing', value('{{resolve:ssm:/none}}'), 'Parameters: [ssm:/none] cannot be found.'],
    ['a parameter without a value', thing({}, { Parameters: { P: { Type: 'String' } } }), 'Parameters: [P] must have values'],
    ['an SSM parameter that is not there', thing({}, { Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/none' } } }), 'Unable to fetch parameters [/none] from parameter store for this account.'],
    ['a rule that does not hold', thing({}, {
      Parameters: { V: { Type: 'String', Default: '3' } },
      Rules: { Check: { Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['1', '2', '3'], { Ref: 'V' }] }] }, AssertDescription: 'too old' }] } },
    }), /Rule Check failed: Template constraint failed: too old/],
    ['a role without the capability', { Resources: { R: { Type: 'AWS::IAM::Role' } } }, 'Requires capabilities : [CAPABILITY_IAM]'],
    ['a named role without the capability', { Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } } } }, 'Requires capabilities : [CAPABILITY_NAMED_IAM]'],
  ])('%s', async (_name, template, message) => {
    const fixture = new Fixture();
    await expect(fixture.deploy(template)).rejects.toThrow(message);
    expect(fixture.cloudFormation.stackState('stack')).toBeUndefined();
    expect(fixture.things.calls).toEqual([]);
  });
});

describe('parameters', () => {
  const template = (definition: Record<string, unknown>): TemplateObject => value({ Ref: 'P' }, { Parameters: { P: definition } });
  const given = (ParameterValue: string): Record<string, unknown> => ({ Parameters: [{ ParameterKey: 'P', ParameterValue }] });

  test.each<[string, Record<string, unknown>, string]>([
    ['AllowedValues', { Type: 'String', AllowedValues: ['a'] }, 'b'],
    ['AllowedPattern', { Type: 'String', AllowedPattern: '[a-z]' }, 'bb'],
    ['MaxLength', { Type: 'String', MaxLength: 1 }, 'bb'],
    ['MinLength', { Type: 'String', MinLength: '3' }, 'bb'],
    ['Number', { Type: 'Number' }, 'b'],
    ['MaxValue', { Type: 'Number', MaxValue: 3 }, '4'],
    ['a member of a list', { Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a,c'],
  ])('must satisfy %s', async (_constraint, definition, text) => {
    await expect(new Fixture().deploy(template(definition), given(text))).rejects.toThrow('Parameter P failed to satisfy constraint');
  });

  test('that the template does not have are refused', async () => {
    await expect(new Fixture().deploy(thing(), given('x'))).rejects.toThrow('Parameters: [P] do not exist in the template');
  });

  test('keep their previous value where that is asked for, and are hidden where they must not be echoed', async () => {
    const fixture = new Fixture();
    const definition = { Type: 'String', NoEcho: true };
    await fixture.deploy(template(definition), given('secret'));
    fixture.forgetCalls();
    await fixture.deploy(things({ X: { Properties: { Value: { Ref: 'P' }, Other: 1 } } }, { Parameters: { P: definition } }), { Parameters: [{ ParameterKey: 'P', UsePreviousValue: true }] });
    expect(fixture.things.calls[0]!.properties).toEqual({ Value: 'secret', Other: 1 });
    expect((await fixture.call('DescribeStacks', { StackName: 'stack' })).Stacks[0].Parameters).toEqual([{ ParameterKey: 'P', ParameterValue: '****' }]);
  });

  test('from the parameter store are read at each operation', async () => {
    const fixture = new Fixture();
    const definition = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/p' };
    fixture.parameters.values.set('/p', 'one');
    await fixture.deploy(template(definition));
    fixture.parameters.values.set('/p', 'two');
    expect(await fixture.deploy(template(definition))).toBe('UPDATE_COMPLETE');
    expect(fixture.things.state.get(fixture.physicalId('X'))).toEqual({ Value: 'two' });
    const { Parameters } = (await fixture.call('DescribeStacks', { StackName: 'stack' })).Stacks[0];
    expect(Parameters).toEqual([{ ParameterKey: 'P', ParameterValue: '/p', ResolvedValue: 'two' }]);
  });

  test('that name an image must name one that exists', async () => {
    const fixture = new Fixture();
    const definition = { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: '/ami' };
    fixture.parameters.values.set('/ami', 'ami-22222222');
    await expect(fixture.deploy(template(definition))).rejects.toThrow('parameter value ami-22222222 for parameter name P does not exist');
    fixture.parameters.values.set('/ami', 'ami-11111111');
    expect(await fixture.deploy(template(definition))).toBe('CREATE_COMPLETE');
  });
});

describe('requests', () => {
  test.each<[string, Record<string, unknown>, RegExp]>([
    ['CreateChangeSet', { StackName: 's', ChangeSetName: 'c', ChangeSetType: 'IMPORT', TemplateBody: '{}' }, /does not model cloudformation:CreateChangeSet of imports/],
    ['CreateChangeSet', { StackName: 's', ChangeSetName: 'c', Foo: 1 }, /does not model cloudformation:CreateChangeSet Foo/],
    ['CreateChangeSet', { StackName: 's', ChangeSetName: 'c', ChangeSetType: 'CREATE', DeploymentConfig: { Mode: 'EXPRESS' } }, /DeploymentConfig.Mode EXPRESS/],
    ['CreateChangeSet', { StackName: 's', ChangeSetName: 'c', ChangeSetType: 'UPDATE', TemplateBody: '{}' }, /Stack \[s\] does not exist/],
    ['CreateStack', { StackName: '1s', TemplateBody: '{}' }, /'stackName' failed to satisfy constraint/],
    ['CreateStack', { StackName: 's' }, /Either Template URL or Template Body must be specified/],
    ['UpdateStack', { StackName: 's', TemplateBody: '{}' }, /Stack \[s\] does not exist/],
    ['DescribeStackEvents', { StackName: 's' }, /Stack \[s\] does not exist/],
    ['DescribeChangeSet', { StackName: 's', ChangeSetName: 'c' }, /Stack \[s\] does not exist/],
    ['GetTemplate', { StackName: 's' }, /Stack with id s does not exist/],
    ['DetectStackDrift', { StackName: 's' }, /does not model cloudformation:DetectStackDrift/],
  ])('%s %j', async (operation, input, message) => {
    await expect(new Fixture().call(operation, input)).rejects.toThrow(message);
  });
});
