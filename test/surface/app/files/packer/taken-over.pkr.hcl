variable "purpose" { type = string }
variable "colour" { type = string }
variable "token" {
  type      = string
  sensitive = true
}

data "http" "shade" {
  url = "https://example.com/shade"
}

source "amazon-ebs" "linux" {
  ami_name      = "taken-over"
  instance_type = "t3.small"
  source_ami    = "ami-0123456789abcdef0"
  ssh_username  = "ec2-user"
  tags          = { purpose = var.purpose }
}

build {
  sources = ["source.amazon-ebs.linux"]

  provisioner "shell" {
    inline           = ["echo ${var.colour} ${data.http.shade.body}", "test -n \"$TOKEN\""]
    environment_vars = ["TOKEN=${var.token}"]
  }

  post-processor "manifest" {}
}
