import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { dependencyCycle } from './dependency-cycle';
import { WebFleetStack } from '../../examples/web-fleet/web-fleet-stack';

// The test run turns it off.
delete process.env.CDK_VALIDATION;

const folder = join(__dirname, '../../examples/web-fleet');
const { context } = JSON.parse(readFileSync(join(folder, 'cdk.json'), 'utf8'));

function newStack(more: Record<string, string> = {}): WebFleetStack {
  const app = new App({ context: { ...context, ...more } });
  return new WebFleetStack(app, 'WebFleet', { site: join(folder, 'site') });
}

const stack = newStack();
const template = Template.fromStack(stack);
const userData = (each: Template) => JSON.stringify(Object.values(each.findResources('AWS::EC2::LaunchTemplate'))[0]!.Properties.LaunchTemplateData.UserData);

test('the validator of CloudFormation finds nothing', () => {
  const assembly = (stack.node.root as App).synth();
  const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
  expect(context['@aws-cdk/core:validateAgainstDefaultRules']).toBe(true);
  expect(report.pluginReports.flatMap((each: any) => each.violations ?? [])).toEqual([]);
});

test('cdk-nag finds nothing that is not explained', () => {
  expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
});

test('no warning is left', () => {
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
});

test('nothing depends on itself', () => {
  expect(dependencyCycle(template.toJSON())).toBeUndefined();
});

test('no NAT gateway, no address, no endpoint', () => {
  ['AWS::EC2::NatGateway', 'AWS::EC2::EIP', 'AWS::EC2::VPCEndpoint'].forEach((type) => template.resourceCountIs(type, 0));
});

test('the control plane costs so many resources', () => {
  const resources = Object.entries<any>(template.toJSON().Resources);
  const owned = resources.filter(([id, { Type }]) => id.startsWith('GoldenImagesControlPlane') && !Type.startsWith('AWS::ImageBuilder::'));
  expect(owned).toHaveLength(28);
});

test('only the user data says the message of the day', () => {
  const changed = Template.fromStack(newStack({ motd: 'something else' }));
  expect(userData(changed)).toContain('something else');
  expect(userData(template)).toContain('welcome');
});
