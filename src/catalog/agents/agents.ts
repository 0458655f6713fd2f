import { cloudWatchAgent, type CloudWatchAgentOptions } from './cloudwatch-agent';
import { inspectorSbom, type InspectorSbomOptions } from './inspector-sbom';
import type { Component } from '../../component/component';

/** Agents and tools of AWS that images carry, or that look at them. */
export class Agents {
  /**
   * Amazon CloudWatch agent with its configuration, on Linux and Windows. The agent checks the configuration against its schema during the
   * build, and is not started there; the validation proves that it took the configuration over and starts with each instance; the test, that
   * it runs on an instance of the image. Roles of instances need the managed policy `CloudWatchAgentServerPolicy`.
   */
  public static cloudWatch(options: CloudWatchAgentOptions = {}): Component {
    return cloudWatchAgent(options);
  }

  /**
   * Bill of materials of the image (CycloneDX), made by the Amazon Inspector SBOM Generator in the test phase, so that it tells what an
   * instance of the finished image really has, and put into a bucket. The generator is pinned by version and SHA-256, and leaves nothing in
   * the image. Only on Linux.
   */
  public static inspectorSbom(options: InspectorSbomOptions): Component {
    return inspectorSbom(options);
  }

  private constructor() {}
}
