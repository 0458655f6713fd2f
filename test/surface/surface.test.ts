import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { readApi } from './api';
import { doorsOf } from './doors';
import { Recorder } from './recorder';
import { lint } from '../../golden-images/src/components/lint';
import { dependencyCycle } from '../examples/dependency-cycle';

// The test run turns it off.
delete process.env.CDK_VALIDATION;

const api = readApi(join(__dirname, '../../src/index.ts'));
const recorder = new Recorder(api);
jest.doMock('cdk-golden-images', () => recorder.library(jest.requireActual('cdk-golden-images')));
const { surface } = jest.requireActual<typeof import('./app')>('./app');
const { app } = surface({ account: '111122223333', region: 'eu-central-1' });
const assembly = app.synth();

/** What the app does not use, and why. */
const NOT_USED: Record<string, string> = {
  'ChannelProps.channelName': 'of the constructor of Channel',
  'ChannelProps.gates': 'of the constructor of Channel',
  'ChannelProps.parameterName': 'of the constructor of Channel',
  'GateConfig.kind': 'what a gate binds to: only the constructor of Channel takes it',
  'GateConfig.soakChannel': 'what a gate binds to',
  'GateConfig.soakTime': 'what a gate binds to',
  'GateKind.IMAGE_TESTS': 'what `Gate.imageTests` binds to',
  'GateKind.SOAK': 'what `Gate.soak` binds to',
  'new Channel': '`addChannel` of an image makes channels; the constructor is for images that others write',
};

describe('the app', () => {
  test('uses every factory, constructor, method, option and member of an enumeration', () => {
    expect(doorsOf(api).filter((door) => !recorder.used.has(door))).toEqual(Object.keys(NOT_USED));
  });

  test('uses nothing that is not read in the API', () => {
    const doors = new Set(doorsOf(api));
    expect([...recorder.used].filter((door) => !doors.has(door))).toEqual([]);
  });
});

describe('its stacks', () => {
  test('the validator of CloudFormation finds nothing', () => {
    const report = JSON.parse(readFileSync(join(assembly.directory, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports.flatMap((each: any) => each.violations ?? [])).toEqual([]);
  });

  test.each([AwsSolutionsChecks, NIST80053R5Checks, HIPAASecurityChecks, PCIDSS321Checks, ServerlessChecks])(
    '%p finds nothing that is not explained',
    (Pack) => {
      expect(new Pack().validateScope(app).violations).toEqual([]);
    },
  );

  // The scripts of PowerShell too, where there is one.
  test('component lint finds nothing in its documents and scripts', () => {
    const { files } = lint([assembly.directory]);
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter(({ violations }) => violations.length > 0)).toEqual([]);
  });

  test('nothing depends on itself, and each has room for more', () => {
    assembly.stacks.forEach(({ template }) => {
      expect(dependencyCycle(template)).toBeUndefined();
      expect(Object.keys(template.Resources).length).toBeLessThan(250);
    });
  });

  test('warnings are those of a build in the default VPC', () => {
    const warnings = assembly.stacks
      .flatMap(({ messages }) => messages)
      .filter(({ level }) => level !== 'info')
      .map(({ id }) => id);
    expect(warnings).toEqual([
      '/SurfaceLinux/GoldenImagesControlPlane/BuildInfrastructure',
      '/SurfacePacker/TemplateBuilds',
    ]);
  });
});
