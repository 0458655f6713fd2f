import { Duration } from 'aws-cdk-lib';
import { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AMAZON_LINUX, phasesOf, scriptsOf, synthesized, WINDOWS } from './support';
import { AgentMetric, Agents, type CloudWatchAgentOptions } from '../../src/catalog';
import { agentConfig } from '../../src/catalog/agents/cloudwatch-config';
import { ParentImage, Platform } from '../../src/image';
import { newStack } from '../image/fixture';

const configOf = (options: CloudWatchAgentOptions, platform = Platform.LINUX): any => JSON.parse(agentConfig(newStack(), options, platform));

describe('CloudWatch agent', () => {
  test('measures processors, memory and file systems by default', () => {
    const { agent, metrics, logs } = configOf({});
    expect(agent).toEqual({ metrics_collection_interval: 60 });
    expect(Object.keys(metrics.metrics_collected)).toEqual(['cpu', 'mem', 'disk']);
    expect(metrics.append_dimensions.InstanceId).toBe('${aws:InstanceId}');
    expect(logs).toBeUndefined();
  });

  test('has the names of counters that Windows has', () => {
    const { metrics } = configOf({ metrics: Object.values(AgentMetric), disks: ['C:'] }, Platform.WINDOWS);
    expect(Object.keys(metrics.metrics_collected)).toEqual(['Processor', 'Memory', 'LogicalDisk', 'Paging File', 'Network Interface']);
    expect(metrics.metrics_collected.LogicalDisk.resources).toEqual(['C:']);
  });

  test('sends log files and events', () => {
    const logFiles = [{ path: '/var/log/app/*.log', logGroupName: 'app', retention: RetentionDays.ONE_MONTH }];
    const windowsEvents = [{ eventName: 'System', logGroupName: 'system', retention: RetentionDays.INFINITE }];
    const { metrics, logs } = configOf({ metrics: [], logFiles, windowsEvents }, Platform.WINDOWS);
    expect(metrics).toBeUndefined();
    expect(logs.logs_collected.files.collect_list).toEqual([
      { file_path: '/var/log/app/*.log', log_group_name: 'app', log_stream_name: '{instance_id}', retention_in_days: 30 },
    ]);
    expect(logs.logs_collected.windows_events.collect_list[0]).toMatchObject({ event_levels: ['CRITICAL', 'ERROR', 'WARNING'], retention_in_days: -1 });
  });

  test('is configured and not started on Linux', () => {
    const { build, validate, test: tests } = phasesOf(Agents.cloudWatch(), 'cloudwatch-agent');
    expect(scriptsOf(build)).toMatch(/-a fetch-config -m ec2 -c file:\S+\n\S+ -a stop/);
    expect(scriptsOf(build)).not.toMatch(/fetch-config.* -s/);
    expect(scriptsOf(build)).toContain("systemctl enable 'amazon-cloudwatch-agent.service'");
    expect(scriptsOf(validate)).toContain('configstatus');
    expect(scriptsOf(tests)).toContain("is-active --quiet 'amazon-cloudwatch-agent.service'");
  });

  test('is configured and not started on Windows', () => {
    const { build, validate } = phasesOf(Agents.cloudWatch(), 'cloudwatch-agent', WINDOWS);
    expect(scriptsOf(build)).toMatch(/WriteAllText[\s\S]*fetch-config -m ec2[\s\S]*Stop-Service[^]*CWAGENT_VERSION[^]*\[version\]'1\.300052\.0'[^]*start= delayed-auto/);
    expect(scriptsOf(validate)).toContain('AmazonCloudWatchAgent');
  });

  test.each([
    [{ metrics: [] }, 'nothing to collect'],
    [{ windowsEvents: [{ eventName: 'System', logGroupName: 'system' }] }, 'windowsEvents on Linux'],
    [{ interval: Duration.millis(10) }, 'the interval of the CloudWatch agent is 10 ms'],
  ])('%j is refused', (options, message) => {
    expect(() => configOf(options)).toThrow(message);
  });
});

describe('Inspector SBOM', () => {
  const sha256 = 'a'.repeat(64);
  const sbom = (options: { version?: string; sha?: string } = {}): ReturnType<typeof Agents.inspectorSbom> => Agents.inspectorSbom({
    bucket: Bucket.fromBucketName(newStack('Other'), 'Bucket', 'materials'),
    keyPrefix: 'images/sbom',
    generatorVersion: options.version ?? '1.17.5',
    generatorSha256: options.sha ?? sha256,
  });

  test('downloads the pinned generator of the architecture, in the test phase', () => {
    const { build, test: tests } = phasesOf(sbom(), 'inspector-sbom');
    expect(build).toBeUndefined();
    const download = (steps: any[]): any => steps.find(({ action }) => action === 'WebDownload').inputs[0].source;
    expect(download(tests!)).toBe('https://amazon-inspector-sbomgen.s3.amazonaws.com/1.17.5/linux/amd64/inspector-sbomgen.zip');
    expect(tests!.find(({ action }) => action === 'Assert').inputs.fileSHA256Equals).toBe(sha256);
    const arm = phasesOf(sbom(), 'inspector-sbom', ParentImage.amazonLinux2023(InstanceArchitecture.ARM_64));
    expect(download(arm.test!)).toContain('/linux/arm64/');
  });

  test('runs the generator from a folder that may execute', () => {
    const { test: tests } = phasesOf(sbom(), 'inspector-sbom');
    expect(scriptsOf(tests)).toContain('chmod 0755 "$program"');
    expect(scriptsOf(tests)).not.toMatch(/(?:find|-d|-o) \/(?:var\/)?tmp/);
    expect(tests!.find(({ action }) => action === 'S3Upload').inputs[0].source).toBe('/opt/golden-images-sbom/sbom.json');
  });

  test('the name of the object is known only on the instance', () => {
    const upload = phasesOf(sbom(), 'inspector-sbom').test!.find(({ action }) => action === 'S3Upload');
    expect(upload.inputs[0].destination).toMatch(/^s3:\/\/materials\/images\/sbom\/\{\{ test\.NameSbom\d+\.outputs\.stdout \}\}\.cdx\.json$/);
  });

  test('may put objects under its prefix, and nothing else', () => {
    const statements = synthesized(sbom(), AMAZON_LINUX).ofType('AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement as any[]);
    const [statement, ...others] = statements.filter(({ Action }) => JSON.stringify(Action).includes('s3:PutObject'))
      .filter(({ Resource }) => JSON.stringify(Resource).includes('materials'));
    expect(others).toEqual([]);
    expect(statement.Action).toBe('s3:PutObject');
    expect(JSON.stringify(statement.Resource)).toMatch(/:s3:::materials\/images\/sbom\/\*/);
  });

  test.each([[{ version: 'latest' }, "the version 'latest' of the SBOM generator is not pinned"], [{ sha: 'abc' }, 'SHA-256']])('%j is refused', (options, message) => {
    expect(() => phasesOf(sbom(options), 'inspector-sbom')).toThrow(message);
  });
});
