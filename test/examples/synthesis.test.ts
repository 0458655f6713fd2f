import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { dependencyCycle } from './dependency-cycle';
import { examples } from './examples';
import { lint } from '../../golden-images/src/components/lint';
import { literalViolations } from '../golden-images/constraints/template';

// The test run turns it off.
delete process.env.CDK_VALIDATION;

describe.each(examples)('the example $name', ({ context, stack: make }) => {
  const stack = make();
  const template = Template.fromStack(stack);

  test('the validator of CloudFormation finds nothing', () => {
    const assembly = (stack.node.root as App).synth();
    const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
    expect(context['@aws-cdk/core:validateAgainstDefaultRules']).toBe(true);
    expect(report.pluginReports.flatMap((each: any) => each.violations ?? [])).toEqual([]);
  });

  test('component lint finds nothing in its documents and scripts', () => {
    const { files } = lint([(stack.node.root as App).synth().directory]);
    expect(files.length).toBeGreaterThan(1);
    expect(files.filter(({ violations }) => violations.length > 0)).toEqual([]);
  });

  test('nothing is written that the model of its service forbids, no empty list among it', () => {
    expect(literalViolations(template.toJSON())).toEqual([]);
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
});
