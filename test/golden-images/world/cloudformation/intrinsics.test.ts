import { Fixture, things } from './fixture';

const LANGUAGE_EXTENSIONS = { Transform: 'AWS::LanguageExtensions' };
const mappings = { Mappings: { Map: { top: { second: 'found', list: ['a', 'b'] } } } };
const parameters = { Parameters: { Text: { Type: 'String', Default: 'text' }, List: { Type: 'CommaDelimitedList', Default: 'a, b ,c' } } };
const conditions = {
  Conditions: {
    Yes: { 'Fn::Equals': ['a', 'a'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Both: { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    Either: { 'Fn::Or': [{ Condition: 'Both' }, { Condition: 'Yes' }] },
    Number: { 'Fn::Equals': [1, '1'] },
  },
};

async function valueOf(value: unknown, rest: Record<string, unknown> = {}): Promise<unknown> {
  const fixture = new Fixture();
  const status = await fixture.deploy(things({ A: { Properties: { Value: 'va' } }, X: { Properties: { Value: value } } }, { ...parameters, ...conditions, ...mappings, ...rest }));
  if (status !== 'CREATE_COMPLETE') throw new Error(fixture.events().map((event) => event.ResourceStatusReason).find((reason) => reason && reason !== 'User Initiated'));
  return fixture.things.state.get(fixture.physicalId('X'))!.Value;
}

describe('intrinsic functions give', () => {
  test.each<[string, unknown, unknown]>([
    ['Ref of a parameter', { Ref: 'Text' }, 'text'],
    ['Ref of a list parameter', { Ref: 'List' }, ['a', 'b', 'c']],
    ['Ref of the region', { Ref: 'AWS::Region' }, 'eu-central-1'],
    ['Ref of the account', { Ref: 'AWS::AccountId' }, '123456789012'],
    ['Ref of the partition', { Ref: 'AWS::Partition' }, 'aws'],
    ['Ref of the URL suffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['Ref of the stack name', { Ref: 'AWS::StackName' }, 'stack'],
    ['no value in a list', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['GetAtt as a list', { 'Fn::GetAtt': ['A', 'Value'] }, 'va'],
    ['GetAtt with a dot', { 'Fn::GetAtt': 'A.Value' }, 'va'],
    ['Sub', { 'Fn::Sub': '${Text}-${AWS::Region}-${A.Value}-${!Literal}' }, 'text-eu-central-1-va-${Literal}'],
    ['Sub with variables', { 'Fn::Sub': ['${One}${Text}', { One: { Ref: 'AWS::Partition' } }] }, 'awstext'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Text' }, 1]] }, 'a-text-1'],
    ['Join of a list parameter', { 'Fn::Join': ['', { Ref: 'List' }] }, 'abc'],
    ['Join of what is made later', { 'Fn::Join': [':', ['x', { 'Fn::GetAtt': ['A', 'Value'] }]] }, 'x:va'],
    ['Select', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['Select of Split of what is made later', { 'Fn::Select': [0, { 'Fn::Split': ['v', { 'Fn::Join': ['', ['z', { 'Fn::GetAtt': ['A', 'Value'] }]] }] }] }, 'z'],
    ['Split', { 'Fn::Split': ['|', 'a|b|'] }, ['a', 'b', '']],
    ['If, true', { 'Fn::If': ['Yes', 1, 2] }, 1],
    ['If, false', { 'Fn::If': ['No', 1, { Ref: 'Text' }] }, 'text'],
    ['If over And', { 'Fn::If': ['Both', 1, 2] }, 2],
    ['If over Or', { 'Fn::If': ['Either', 1, 2] }, 1],
    ['If over Equals of a number and a text', { 'Fn::If': ['Number', 1, 2] }, 1],
    ['FindInMap', { 'Fn::FindInMap': ['Map', 'top', 'second'] }, 'found'],
    ['FindInMap of a list', { 'Fn::FindInMap': ['Map', { 'Fn::Join': ['', ['to', 'p']] }, 'list'] }, ['a', 'b']],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['eu-central-1a', 'eu-central-1b', 'eu-central-1c']],
    ['GetAZs of a region', { 'Fn::Select': [0, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] }, 'eu-central-1a'],
    ['Base64', { 'Fn::Base64': 'größe' }, Buffer.from('größe').toString('base64')],
    ['Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 3, '8'] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    ['Cidr above 128', { 'Fn::Select': [1, { 'Fn::Cidr': ['192.168.0.0/24', 2, 4] }] }, '192.168.0.16/28'],
    ['a property named Condition', { Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
    ['the text resolve:ssm: of a launch template', 'resolve:ssm:/a/b', 'resolve:ssm:/a/b'],
  ])('%s', async (_name, value, expected) => {
    expect(await valueOf(value)).toEqual(expected);
  });

  test('the language extensions where they are declared', async () => {
    expect(await valueOf({ 'Fn::Length': { Ref: 'List' } }, LANGUAGE_EXTENSIONS)).toBe(3);
    expect(await valueOf({ 'Fn::ToJsonString': { a: { Ref: 'Text' } } }, LANGUAGE_EXTENSIONS)).toBe('{"a":"text"}');
    expect(await valueOf({ 'Fn::FindInMap': ['Map', 'top', 'none', { DefaultValue: 7 }] }, LANGUAGE_EXTENSIONS)).toBe(7);
  });

  test('dynamic references, also in the middle of text and with a version', async () => {
    const fixture = new Fixture();
    fixture.parameters.values.set('/a/b', 'one').set('/a/b:2', 'two');
    await fixture.deploy(things({ X: { Properties: { Value: { 'Fn::Join': ['', ['<{{resolve:ssm:/a/b', '}}>']] }, Other: '{{resolve:ssm:/a/b:2}}' } } }));
    expect(fixture.things.state.get(fixture.physicalId('X'))).toEqual({ Value: '<one>', Other: 'two' });
  });
});

describe('templates in YAML', () => {
  test('have short forms', async () => {
    const fixture = new Fixture();
    const status = await fixture.deploy(`
AWSTemplateFormatVersion: 2010-09-09
Conditions:
  Yes: !Equals [a, a]
  Also: !Not [!Not [!Condition Yes]]
Mappings: {Map: {top: {second: found}}}
Resources:
  A: {Type: Test::Thing, Properties: {Value: va}}
  X:
    Type: Test::Thing
    Condition: Also
    Properties:
      Value:
        - !GetAtt A.Value
        - !Sub "\${A.Value}-\${AWS::Region}"
        - !Sub ["\${x}", {x: !Join ["", [!Select [1, !Split [",", "a,b"]], c]]}]
        - !If [Yes, !FindInMap [Map, top, second], !Ref AWS::NoValue]
        - Fn::Base64: !Sub x
        - !Base64
          Fn::Sub: y
        - !GetAZs ""
`);
    expect(status).toBe('CREATE_COMPLETE');
    expect(fixture.things.state.get(fixture.physicalId('X'))!.Value).toEqual([
      'va', 'va-eu-central-1', 'bc', 'found', 'eA==', 'eQ==', ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
    ]);
  });
});
