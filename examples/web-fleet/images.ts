import { Duration } from 'aws-cdk-lib';
import { SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import {
  BuildInfrastructure, BuildSchedule, Component, Gate, ParentImage, PatchedBaseImage, RoleImage, Source, Step, WebServer, WeekDay, type Channel,
} from 'cdk-golden-images';

export interface ImagesProps {
  readonly vpc: IVpc;
  /** Folder with the web site. */
  readonly site: string;
}

/** A patched base, a baseline for every server, and the web server on top. */
export class Images extends Construct {
  /** What the web servers follow. */
  public readonly production: Channel;

  public constructor(scope: Construct, id: string, props: ImagesProps) {
    super(scope, id);
    const infrastructure = new BuildInfrastructure(this, 'Builds', { vpc: props.vpc, subnets: { subnetType: SubnetType.PUBLIC } });
    const base = new PatchedBaseImage(this, 'Base', {
      parent: ParentImage.amazonLinux2023(),
      schedule: BuildSchedule.weekly({ weekDay: WeekDay.TUESDAY, hour: 3 }),
      infrastructure,
    });
    const baseline = new RoleImage(this, 'Baseline', {
      parent: base,
      infrastructure,
      components: [Component.fromSteps('baseline', {
        description: 'What every server has',
        buildSteps: [Step.bash('dnf -y install amazon-cloudwatch-agent', 'systemctl enable chronyd')],
        validateSteps: [Step.bash('systemctl is-enabled chronyd')],
      })],
    });
    const web = new RoleImage(this, 'Web', {
      parent: baseline,
      infrastructure,
      components: [
        WebServer.nginx(),
        Component.fromSteps('site', { buildSteps: [Step.download(Source.asset(props.site), '/usr/share/nginx/html')] }),
      ],
    });
    this.production = web.addChannel('production', { gates: [Gate.imageTests(), Gate.soak(Duration.hours(1))] });
  }
}
