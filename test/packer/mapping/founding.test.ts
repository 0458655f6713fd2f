import { parse } from 'yaml';
import { synthesized } from './helper';
import { Platform } from '../../../src/image';
import { PackerTemplate } from '../../../src/packer/packer-template';
import { fixture } from '../helpers/fixtures';

const template = PackerTemplate.fromFile(fixture('founding.json'));
const notices = template.notices.map(({ warning, line, column, message }) => `${warning ? 'warning' : 'info'} ${line}:${column} ${message}`);

describe('the founding example, word for word', () => {
  const image = template.image();
  const app = synthesized(image);
  const document = parse(app.component('web--founding-updates'));

  test('is a Windows base on its AMI, built by its instance type', () => {
    expect(image.platform).toBe(Platform.WINDOWS);
    expect(image.imageName).toBe('my-test-image');
    expect(image.region).toBe('eu-central-1');
    expect(template.image('amazon-ebs')).toBe(image);
    const [recipe] = app.ofType('AWS::ImageBuilder::ImageRecipe');
    expect(recipe!.Properties).toMatchObject({ Name: 'web--my-test-image', ParentImage: 'ami-3d787d57' });
    expect(app.ofType('AWS::ImageBuilder::InfrastructureConfiguration')[0]!.Properties.InstanceTypes).toEqual(['m3.medium']);
  });

  test('installs updates by its criteria, its filters in order, and its limit, and nothing else', () => {
    const steps = document.phases.flatMap(({ steps: all }: { steps: { inputs: { commands: string[] } }[] }) => all);
    const [script] = steps[0].inputs.commands as string[];
    expect(app.ofType('AWS::ImageBuilder::Component').map(({ Properties }) => Properties.Name)).toEqual(['web--founding-updates', 'web--sysprep-ready']);
    expect(steps).toHaveLength(1);
    expect(script).toContain("'IsInstalled=0'");
    expect(script).toContain('$limit = 25');
    const [exclude, include] = [script!.indexOf("Include = $false; Expression = [ScriptBlock]::Create('$_.Title -like ''*Preview*''')"), script!.indexOf("Include = $true; Expression = [ScriptBlock]::Create('$true')")];
    expect(exclude).toBeGreaterThan(0);
    expect(include).toBeGreaterThan(exclude);
    expect(image.components).toEqual([]);
    expect(image.allComponents).toEqual([image.updates]);
  });

  test('says once, and where, what became otherwise', () => {
    expect(notices).toEqual([
      expect.stringMatching(/^info 4:9 the variable "Revision" is dropped/),
      expect.stringMatching(/^info 6:9 the variable "AWS_ACCESS_KEY" is dropped/),
      expect.stringMatching(/^info 7:9 the variable "AWS_SECRET" is dropped/),
      expect.stringMatching(/^info 12:19 images are built where the stack is deployed: deploy it to eu-central-1/),
      expect.stringMatching(/^warning 12:28 read AWS_REGION as `AWS_REGION`/),
      expect.stringMatching(/^warning 13:32 read AWS_SOURCE_AMI/),
      expect.stringMatching(/^info 15:21 "ami_name" names the image, my-test-image/),
      expect.stringMatching(/^warning 15:29 read IMAGE_NAME/),
      expect.stringMatching(/^info 17:27 "winrm_username" is dropped/),
      expect.stringMatching(/^info 30:23 Sysprep is dropped: Image Builder runs it itself/),
      expect.stringMatching(/^info 33:25 no file is written/),
    ]);
    expect(app.warnings.filter((each) => each.includes('founding.json:'))).toHaveLength(notices.length);
  });

  test('leaves its placeholder keys nowhere', () => {
    const everything = JSON.stringify([app.resources, app.warnings]);
    expect(everything).not.toContain('AKIAXXXXXXX');
    expect(everything).not.toContain('SECRETXXXXXXXXXX');
  });
});
