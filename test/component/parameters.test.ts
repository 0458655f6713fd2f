import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { Component, type DocumentOptions } from '../../src/component';
import { RoleImage } from '../../src/image';
import { literal, newBase, newStack, Synthesized } from '../image/fixture';

const DOCUMENT = `
schemaVersion: 1.0
parameters:
  - Edition: { type: string }
  - Colour: { type: string, default: red }
phases:
  - name: build
    steps:
      - { name: Say, action: ExecuteBash, inputs: { commands: ['echo {{ Edition }} {{ Colour }}'] } }
`;
const RECIPE = 'AWS::ImageBuilder::ImageRecipe';

const roleWith = (stack: Stack, options: DocumentOptions, id = 'Role', document = DOCUMENT) =>
  new RoleImage(stack, id, { parent: stack.node.tryFindChild('Base') as any ?? newBase(stack), components: [Component.fromDocument('Agent', document, options)] });

const parametersOf = (template: Synthesized, name: string) => template.named(RECIPE, `web--${name}`).Properties.Components.at(-1).Parameters;

test('the recipe gives a component its parameters', () => {
  const stack = newStack();
  roleWith(stack, { parameters: { Edition: 'full' } });
  expect(parametersOf(new Synthesized(stack), 'role')).toEqual([{ Name: 'Edition', Value: ['full'] }]);
});

test('two images share a component with different values, and are different images', () => {
  const stack = newStack();
  ['full', 'small'].forEach((Edition) => roleWith(stack, { parameters: { Edition, Colour: 'blue' } }, Edition));
  const template = new Synthesized(stack);
  expect(['full', 'small'].map((name) => parametersOf(template, name)[0].Value)).toEqual([['full'], ['small']]);
  expect(template.ofType('AWS::ImageBuilder::Component').filter(({ Properties }) => Properties.Name === 'web--agent')).toHaveLength(1);
  const registry = literal(template.ofType('Custom::GoldenImagesRegistry')[0]!.Properties.Document);
  const hashes = [...registry.matchAll(/"contentHash":"(\w+)"/g)].map(([, hash]) => hash);
  expect(new Set(hashes).size).toBe(3);
});

test('a value may be known only while deploying', () => {
  const stack = newStack();
  roleWith(stack, { parameters: { Edition: new CfnParameter(stack, 'Edition').valueAsString } });
  expect(parametersOf(new Synthesized(stack), 'role')).toEqual([{ Name: 'Edition', Value: [{ Ref: 'Edition' }] }]);
});

test('a component of Amazon takes parameters too', () => {
  const stack = newStack();
  new RoleImage(stack, 'Role', { parent: newBase(stack), components: [Component.amazonManaged('aws-cli-version-2-linux', { parameters: { Channel: 'beta' } })] });
  expect(parametersOf(new Synthesized(stack), 'role')).toEqual([{ Name: 'Channel', Value: ['beta'] }]);
});

test.each<[string, DocumentOptions, string]>([
  ['an unknown name', { parameters: { Edition: 'a', Color: 'b' } },
    "Web/Role: component 'agent': the document declares no parameter 'Color'; expected one of Edition, Colour; correct the name"],
  ['a missing value', {}, "Web/Role: component 'agent': no value is given for Edition; expected a value for each parameter without a default; give the component parameters"],
  ['an empty value', { parameters: { Edition: '' } }, "Web/Role: component 'agent': the parameter 'Edition' is \"\"; expected a text that is not empty; leave the parameter out"],
  ['another type', { parameters: { Edition: 7 as any } }, "Web/Role: component 'agent': the parameter 'Edition' is 7; expected a text that is not empty; give it as '7'"],
])('%s is refused', (_name, options, message) => {
  expect(() => roleWith(newStack(), options)).toThrow(message);
});

test('a document without parameters takes none', () => {
  const plain = DOCUMENT.replace(/parameters:[\s\S]*?phases/, 'phases').replace(/\{\{[^}]*\}\}/g, 'x');
  expect(() => roleWith(newStack(), { parameters: { Edition: 'a' } }, 'Role', plain)).toThrow('expected no parameters');
});
