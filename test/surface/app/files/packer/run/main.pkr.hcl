packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = ">= 1.3.0"
    }
  }
}

variable "source_ami" {
  type        = string
  description = "AMI that this one stands on."
}

variable "subnet_id" {
  type        = string
  description = "Public subnet in which the AMI is built."
}

source "amazon-ebs" "golden" {
  ami_name                    = "golden-{{timestamp}}"
  ami_description             = "Amazon Linux with the tools of every server"
  source_ami                  = var.source_ami
  instance_type               = "t3.small"
  subnet_id                   = var.subnet_id
  associate_public_ip_address = true
  ssh_username                = "ec2-user"
  encrypt_boot                = true
  imds_support                = "v2.0"

  run_tags = {
    "Name"    = "Packer Builder"
    "made-by" = "packer"
  }

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
  }
}

build {
  sources = ["source.amazon-ebs.golden"]

  provisioner "shell" {
    inline = [
      "sudo dnf -y install amazon-cloudwatch-agent",
      "sudo systemctl enable amazon-cloudwatch-agent",
    ]
  }

  provisioner "shell" {
    inline = ["systemctl is-enabled amazon-cloudwatch-agent"]
  }

  post-processor "manifest" {
    strip_path = true
  }
}
