import { Template } from 'aws-cdk-lib/assertions';
import { webFleet } from './examples';

const template = Template.fromStack(webFleet.stack());
const userData = (each: Template) => JSON.stringify(Object.values(each.findResources('AWS::EC2::LaunchTemplate'))[0]!.Properties.LaunchTemplateData.UserData);

test('the control plane costs so many resources', () => {
  const resources = Object.entries<any>(template.toJSON().Resources);
  const owned = resources.filter(([id, { Type }]) => id.startsWith('GoldenImagesControlPlane') && !Type.startsWith('AWS::ImageBuilder::'));
  expect(owned).toHaveLength(36);
});

test('only the user data says the message of the day', () => {
  const changed = Template.fromStack(webFleet.stack({ motd: 'something else' }));
  expect(userData(changed)).toContain('something else');
  expect(userData(template)).toContain('welcome');
});
