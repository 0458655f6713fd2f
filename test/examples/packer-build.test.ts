import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { packerBuild } from './examples';
import { readTemplate } from '../../src/packer/template/read';

const template = Template.fromStack(packerBuild.stack());

test('nothing follows the channel, whose parameter the stack names', () => {
  template.resourceCountIs('AWS::AutoScaling::AutoScalingGroup', 0);
  template.hasOutput('ProductionParameter', { Value: '/imagebuilder/golden-images/packerbuild/web/production' });
});

test('the build fills the variables of the template, which writes the manifest that the build reads', () => {
  const read = readTemplate(join(__dirname, '../../examples/packer-build/template'), { variables: { source_ami: 'ami-0', subnet_id: 'subnet-0' } });
  const [project] = Object.values(template.findResources('AWS::CodeBuild::Project'));
  const script = JSON.stringify(project!.Properties.Source.BuildSpec);
  read.variables.forEach(({ name }) => expect(script).toContain(`-var '${name}=`));
  expect(read.variables).toHaveLength(2);
  expect(read.builds.flatMap(({ postProcessors }) => postProcessors.flat()).map(({ type }) => type)).toEqual(['manifest']);
});
