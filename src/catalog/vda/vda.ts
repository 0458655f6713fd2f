import { amazonDcv, amazonDcvTest, type DcvOptions } from './amazon-dcv';
import { citrixVda, type CitrixVdaOptions } from './citrix-vda';
import { sessionHost, type SessionHostOptions } from './session-host';
import type { Component } from '../../component/component';

/** Virtual desktops: machines to which users connect. */
export class Vda {
  /**
   * Citrix Virtual Delivery Agent on Windows.
   *
   * The installer restarts Windows and goes on, as often as it wants and `maxResumes` allows; each of its exit codes has a meaning, and
   * code 3, which it also gives for ever when all is done, is told apart by what it writes into the registry. The optimizer comes last. The
   * validation proves that the broker agent is registered as a service that starts with Windows; the test, on an instance of the image,
   * that it runs and that the session listener answers. It does not register with a Delivery Controller: an instance of a test belongs to
   * no domain.
   */
  public static citrix(options: CitrixVdaOptions): Component {
    return citrixVda(options);
  }

  /**
   * Amazon DCV server on Windows or Linux, from a pinned installer. Sessions on Linux need a desktop: install one before. The test proves,
   * on an instance of the image, that the service runs and that it listens on port 8443.
   */
  public static dcv(options: DcvOptions): Component {
    return amazonDcv(options);
  }

  /** The test of `Vda.dcv` alone, to stand after the component that Amazon maintains, such as `Component.amazonManaged('dcv-server-windows')`. */
  public static dcvTest(): Component {
    return amazonDcvTest();
  }

  /**
   * Remote Desktop Session Host on Windows Server. The test proves, on an instance of the image, that Remote Desktop Services run and that
   * the listener answers on port 3389.
   */
  public static remoteDesktopSessionHost(options: SessionHostOptions = {}): Component {
    return sessionHost(options);
  }

  private constructor() {}
}
