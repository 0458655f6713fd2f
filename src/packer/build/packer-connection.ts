import type { Source } from '../../component/source';

/**
 * What a connection needs.
 *
 * @internal
 */
export interface ConnectionConfig {
  /** Port that the build may reach on the instance, and the variable of the template that takes the security group. */
  readonly ingress?: { readonly port: number; readonly protocol: string; readonly securityGroupVariable: string };
  readonly sessionManagerPlugin?: Source;
}

/** How Packer reaches the instance that it builds on. */
export abstract class PackerConnection {
  /**
   * As the template says; nothing is made for it. A template that names no security group has Packer make one for the time of the build.
   */
  public static template(): PackerConnection {
    return new Connection({});
  }

  /**
   * By SSH in the VPC: a security group that lets in only the build, port 22.
   *
   * @param securityGroupVariable variable of the template for `security_group_id`
   */
  public static ssh(securityGroupVariable: string): PackerConnection {
    return new Connection({ ingress: { port: 22, protocol: 'SSH', securityGroupVariable } });
  }

  /**
   * By WinRM over HTTPS in the VPC: a security group that lets in only the build, port 5986. The template sets up the listener in its user
   * data, and sets `winrm_use_ssl`; nothing is opened for 5985, where passwords would travel in the clear.
   *
   * @param securityGroupVariable variable of the template for `security_group_id`
   */
  public static winrm(securityGroupVariable: string): PackerConnection {
    return new Connection({ ingress: { port: 5986, protocol: 'WinRM over HTTPS', securityGroupVariable } });
  }

  /**
   * By SSH through AWS Systems Manager: nothing is opened at all. The template sets `ssh_interface` to `session_manager` and names an
   * instance profile.
   *
   * @param plugin package (`.rpm` or `.deb`) of the Session Manager plugin with its SHA-256
   */
  public static sessionManager(plugin: Source): PackerConnection {
    return new Connection({ sessionManagerPlugin: plugin });
  }

  /**
   * What it needs.
   *
   * @internal
   */
  public abstract _config(): ConnectionConfig;
}

class Connection extends PackerConnection {
  public constructor(private readonly config: ConnectionConfig) {
    super();
  }

  /** @internal */
  public _config(): ConnectionConfig {
    return this.config;
  }
}
