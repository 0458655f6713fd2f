/** A template of about so many lines, with what people write: variables, provisioners of several types, scripts, maps. */
export function hclTemplate(lines: number): string {
  const step = (index: number): string => `
  provisioner "shell" {
    inline = concat(["set -e"], [for package in var.packages : "dnf install -y \${package}-${index}"])
    environment_vars = [
      "STEP=${index}",
      "NAME=\${upper(local.label)}",
    ]
    only = ["amazon-ebs.web"]
  }

  provisioner "file" {
    destination = "/etc/step-${index}.conf"
    content     = <<-EOT
      # step ${index} of \${local.label}
      %{ for package in var.packages ~}
      package = \${package}
      %{ endfor ~}
    EOT
  }
`;
  const head = `variable "packages" {
  type    = list(string)
  default = ["nginx", "jq", "htop"]
}

locals {
  label = "web"
  name  = "\${local.label}-\${regex_replace(timestamp(), "[- TZ:]", "")}"
}

source "amazon-ebs" "web" {
  region        = "eu-central-1"
  source_ami    = "ami-0123456789abcdef0"
  instance_type = "t3.small"
  ssh_username  = "ec2-user"
  ami_name      = local.name
}

build {
  sources = ["source.amazon-ebs.web"]
`;
  return `${head}${steps(lines, head, step)}}\n`;
}

export function jsonTemplate(lines: number): string {
  const provisioners = Array.from({ length: Math.floor(lines / 10) }, (_, index) => ({
    type: 'shell',
    inline: ['set -e', `dnf install -y {{user \`package\`}}-${index}`],
    environment_vars: [`STEP=${index}`, 'NAME={{user `package` | upper}}'],
  }));
  const builders = [{ type: 'amazon-ebs', ami_name: 'web {{isotime | clean_resource_name}}', region: 'eu-central-1', source_ami: 'ami-0123456789abcdef0' }];
  return JSON.stringify({ variables: { package: 'nginx' }, builders, provisioners }, undefined, 2);
}

function steps(lines: number, head: string, step: (index: number) => string): string {
  const linesOf = (text: string) => text.split('\n').length - 1;
  const count = Math.round((lines - linesOf(head)) / linesOf(step(0)));
  return Array.from({ length: count }, (_, index) => step(index)).join('');
}
