import { apache } from './apache';
import { nginx } from './nginx';
import { iis, type IisOptions } from './web-server-iis';
import type { WebServerOptions } from './web-site';
import type { Component } from '../../component/component';

export { type WebServerOptions } from './web-site';

/**
 * Web servers. On Linux from the packages of the distribution: Amazon Linux 2023, Red Hat family, Debian, Ubuntu. No key of TLS belongs into
 * an image.
 */
export class WebServer {
  /**
   * nginx. The validation proves that its configuration is valid and that it starts with each instance; the test, on an instance of the
   * image, that the service runs and that its site answers with HTTP 200.
   */
  public static nginx(options: WebServerOptions = {}): Component {
    return nginx(options);
  }

  /**
   * Apache HTTP Server: `httpd` with dnf, `apache2` with apt. The validation proves that its configuration is valid and that it starts with
   * each instance; the test, on an instance of the image, that the service runs and that its site answers with HTTP 200.
   */
  public static apache(options: WebServerOptions = {}): Component {
    return apache(options);
  }

  /**
   * Internet Information Services on Windows Server, with the hosting bundle of .NET if wanted: after IIS, or it would leave its module out.
   * The validation proves that features and module are there and that the service starts with each instance; the test, on an instance of
   * the image, that the service runs and that its site answers with HTTP 200.
   */
  public static iis(options: IisOptions = {}): Component {
    return iis(options);
  }

  private constructor() {}
}
