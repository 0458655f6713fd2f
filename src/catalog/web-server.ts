import { Component } from '../component/component';
import { Step } from '../component/step/step';

const install = [
  'if command -v dnf >/dev/null; then dnf -y install nginx',
  'else export DEBIAN_FRONTEND=noninteractive; apt-get -o DPkg::Lock::Timeout=300 update',
  'apt-get -o DPkg::Lock::Timeout=300 -y install nginx curl; fi',
].join('\n');

/** Web servers. */
export class WebServer {
  /**
   * nginx from the packages of the distribution: Amazon Linux 2023, Red Hat family, Debian, Ubuntu.
   *
   * The build checks its configuration; the test checks that the service runs and answers with HTTP 200 on an instance of the image.
   */
  public static nginx(): Component {
    return Component.fromSteps('nginx', {
      description: 'nginx from the packages of the distribution',
      buildSteps: [Step.bash(install, 'systemctl enable nginx')],
      validateSteps: [Step.bash('nginx -t', 'systemctl is-enabled nginx')],
      testSteps: [Step.bash(
        'systemctl is-active nginx',
        'test "$(curl -s -o /dev/null -w "%{http_code}" --retry 5 --retry-connrefused http://127.0.0.1/)" = 200',
      )],
    });
  }

  private constructor() {}
}
