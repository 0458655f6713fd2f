import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { BuildSchedule, ParentImage, PatchedBaseImage, RegisteredImage } from '../../src/image';

function templateIn(region: string): Template {
  const stack = new Stack(new App(), 'Regional', { env: { account: '123456789012', region } });
  new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });
  new RegisteredImage(stack, 'Golden', { initialAmi: ParentImage.amazonLinux2023() });
  return Template.fromStack(stack);
}

/** Whether any function asks for JSON, and whether any has a URL. */
const featuresIn = (region: string): { json: boolean; url: boolean } => {
  const template = templateIn(region);
  const functions = Object.values(template.findResources('AWS::Lambda::Function'));
  return {
    json: functions.some(({ Properties }) => Properties.LoggingConfig?.LogFormat === 'JSON'),
    url: Object.keys(template.findResources('AWS::Lambda::Url')).length > 0,
  };
};

test.each(['us-gov-west-1', 'us-gov-east-1'])('in %s functions have neither a URL nor the JSON log format, which AWS GovCloud (US) lacks', (region) => {
  expect(featuresIn(region)).toEqual({ json: false, url: false });
});

test('elsewhere they have both', () => {
  expect(featuresIn('eu-central-1')).toEqual({ json: true, url: true });
});
