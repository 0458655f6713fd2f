import { synthesized } from './helper';
import { PackerTemplate } from '../../../src/packer/packer-template';
import { newStack } from '../../image/fixture';
import { inFolder, refusal } from '../helpers/read-text';

const HCL = `
variable "package" { default = "nginx" }
variable "token" {
  sensitive = true
  default   = "hunter2"
}
locals { stamp = regex_replace(timestamp(), "[- TZ:]", "") }
data "amazon-ami" "base" {
  filters     = { name = "al2023-ami-2023.*-x86_64" }
  owners      = ["amazon"]
  most_recent = true
}
source "amazon-ebs" "web" {
  source_ami    = data.amazon-ami.base.id
  instance_type = "t3.small"
  ami_name      = "web-\${local.stamp}"
  tag {
    key   = "Team"
    value = "web"
  }
}
source "azure-arm" "web" {}
build {
  sources = ["source.amazon-ebs.web", "source.azure-arm.web"]
  provisioner "shell" {
    inline = ["dnf install -y \${var.package}"]
  }
  provisioner "file" {
    only        = ["amazon-ebs.web"]
    content     = "hello"
    destination = "/etc/hello"
  }
  provisioner "shell" {
    only   = ["azure-arm.web"]
    inline = ["echo azure"]
  }
  post-processor "manifest" {}
}
`;

const read = <T>(text: string, look: (template: PackerTemplate) => T): T =>
  inFolder({ 'web/image.pkr.hcl': text }, (folder) => look(PackerTemplate.fromFile(`${folder}/web`)));

describe('HCL2', () => {
  test('imports as JSON does, in the order of its provisioners', () => {
    read(HCL, (template) => {
      const image = template.image('web');
      expect(image).toMatchObject({ builderName: 'amazon-ebs.web', imageName: 'web', amiTags: { Team: 'web' } });
      expect(image.parent.bind(newStack()).parentImage).toMatch(/al2023-ami-kernel-default-x86_64/);
      const document = synthesized(image).component('web--web');
      expect(document.indexOf('dnf install -y nginx')).toBeGreaterThan(0);
      expect(document.indexOf('/etc/hello')).toBeGreaterThan(document.indexOf('dnf install'));
      expect(document).not.toContain('azure');
      expect(template.otherBuilders).toMatchObject([{ builderName: 'azure-arm.web' }]);
    });
  });

  test('what is refused names file, line and column', () => {
    expect(refusal(() => read(HCL.replace('content     = "hello"', 'content     = var.token'), () => undefined)))
      .toMatch(/^30:\d+ "content" holds the sensitive variable "token"/);
    expect(refusal(() => read(HCL.replace('owners      = ["amazon"]', 'owners      = ["self", "amazon"]'), () => undefined))).toMatch(/an AMI is looked up by one owner/);
  });
});
