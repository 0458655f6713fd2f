variable "source_ami" { type = string }
variable "greeting" { default = "hello" }

source "amazon-ebs" "web" {
  source_ami   = var.source_ami
  ami_name     = "web-{{timestamp}}"
  ssh_username = "ec2-user"
  run_tag {
    key   = "made-by"
    value = "us"
  }
}

build {
  sources = ["source.amazon-ebs.web"]
  provisioner "shell" { inline = ["echo '${var.greeting}'"] }
  post-processor "manifest" {}
}
