import type { Construct } from 'constructs';
import { entry } from '../entry';
import { CITRIX_LOGS, citrixScript } from './citrix-script';
import type { Component } from '../../component/component';
import type { Source } from '../../component/source';
import type { StepAction, StepBindOptions } from '../../component/step/action';
import { powershellQuoted } from '../../component/step/quoting';
import type { Step } from '../../component/step/step';
import { commandLine } from '../../component/windows/command-line';
import { media, programOf } from '../../component/windows/media';
import { rebootIfNeeded } from '../../component/windows/reboot-if-needed';
import { scriptActions, windowsStep } from '../../component/windows/windows-step';
import { InvalidInputError } from '../../private/errors';
import { portListens, serviceRuns, serviceStartsAutomatically } from '../baseline/windows-checks';

/** The optimizer of Citrix, a script with templates. */
export interface CitrixOptimizerOptions {
  /** The optimizer: its folder or zip archive, with `CtxOptimizerEngine.ps1` at the top. */
  readonly source: Source;

  /** Name of the template in its folder `Templates`, such as `Citrix_Windows_Server_2022_2009.xml`. */
  readonly template: string;
}

/** Options of `Vda.citrix`. */
export interface CitrixVdaOptions {
  /** The installer, such as `VDAServerSetup_2402.exe`: pinned by its content, so best an object in a bucket. */
  readonly installer: Source;

  /**
   * Path of the installer in the archive.
   *
   * @default - the source is the installer
   */
  readonly program?: string;

  /**
   * What is installed (`/components`).
   *
   * @default ['vda']
   */
  readonly components?: string[];

  /**
   * What is left out (`/exclude`).
   *
   * @default ['Citrix Telemetry Service']
   */
  readonly excludedComponents?: string[];

  /**
   * Delivery Controllers with which it registers (`/controllers`).
   *
   * @default - none: a policy or the provisioning tells them
   */
  readonly controllers?: string[];

  /**
   * Whether Machine Creation Services make machines from the image (`/mastermcsimage`). They prepare machines themselves, and Citrix
   * advises against Sysprep on their master images: build the image with `sysprep: false`, or say here with `sysprep: true` that you have
   * tested it.
   *
   * @default false
   */
  readonly mcs?: boolean;

  /**
   * Whether the image must be generalized by Sysprep, or must not. The image decides, by its own property `sysprep`; one that decides
   * otherwise is refused.
   *
   * @default - as the image decides
   */
  readonly sysprep?: boolean;

  /**
   * Switches of the installer beside `/quiet`, `/noreboot`, `/noresume`, `/logpath` and those that other options stand for.
   *
   * @default ['/virtualmachine', '/enable_hdx_ports', '/enable_hdx_udp_ports', '/enable_real_time_transport', '/enable_remote_assistance', '/disableexperiencemetrics']
   */
  readonly switches?: string[];

  /**
   * How often the installer may restart Windows and go on. It fails beyond.
   *
   * @default 5
   */
  readonly maxResumes?: number;

  /**
   * Run last, when all is installed.
   *
   * @default - not run
   */
  readonly optimizer?: CitrixOptimizerOptions;

  /**
   * Ports on which the session listener must answer in the test phase: ICA, and ICA with session reliability (assumption: citrix-listener).
   *
   * @default [1494, 2598]
   */
  readonly listenerPorts?: number[];
}

const SWITCHES = [
  '/virtualmachine', '/enable_hdx_ports', '/enable_hdx_udp_ports', '/enable_real_time_transport', '/enable_remote_assistance', '/disableexperiencemetrics',
];

/** The component of `Vda.citrix`. */
export function citrixVda(options: CitrixVdaOptions): Component {
  return entry('citrix-vda', {
    description: 'Citrix Virtual Delivery Agent',
    buildSteps: [install(options), ...options.optimizer === undefined ? [] : [optimize(options.optimizer)]],
    validateSteps: [serviceStartsAutomatically('BrokerAgent')],
    testSteps: [serviceRuns('BrokerAgent'), ...(options.listenerPorts ?? [1494, 2598]).map(portListens)],
  });
}

function install(options: CitrixVdaOptions): Step {
  return windowsStep('CitrixVda', (scope, bind) => {
    check(scope, options, bind);
    const files = media(scope, bind, options.installer);
    const installer = programOf(scope, files, options.program);
    const run = { installer, commandLine: commandLine(argumentsOf(options)), maxResumes: options.maxResumes ?? 5 };
    return [
      ...files.fetch,
      ...scriptActions(scope, bind, 'CitrixVda', citrixScript(scope, run)),
      ...rebootIfNeeded(),
      ...files.remove,
      ...scriptActions(scope, bind, 'RemoveLogs', [`Remove-Item -LiteralPath '${CITRIX_LOGS}' -Recurse -Force -ErrorAction SilentlyContinue`]),
    ];
  });
}

/** docs.citrix.com, "Install using the command line"; `/exclude` and `/controllers` take one text each. */
function argumentsOf({ components = ['vda'], excludedComponents = ['Citrix Telemetry Service'], controllers = [], mcs, switches = SWITCHES }: CitrixVdaOptions): string[] {
  return [
    '/quiet', '/noreboot', '/noresume', '/logpath', CITRIX_LOGS,
    '/components', components.join(','),
    ...excludedComponents.length > 0 ? ['/exclude', excludedComponents.join(',')] : [],
    ...controllers.length > 0 ? ['/controllers', controllers.join(' ')] : [],
    ...mcs ? ['/mastermcsimage'] : [],
    ...switches,
  ];
}

// In a process of its own: the engine is a script that goes on after errors of single items.
function optimize({ source, template }: CitrixOptimizerOptions): Step {
  return windowsStep('CitrixOptimizer', (scope, bind: StepBindOptions): StepAction[] => {
    const files = media(scope, bind, source);
    const engine = programOf(scope, files, 'CtxOptimizerEngine.ps1');
    const lines = [
      `$engine = ${powershellQuoted(engine)}`,
      `$template = Join-Path (Split-Path $engine) ${powershellQuoted(`Templates\\${template}`)}`,
      'if (-not (Test-Path -LiteralPath $template)) { throw "the optimizer has no template $template" }',
      `& powershell.exe -NoProfile -ExecutionPolicy Bypass -File $engine -Source $template -Mode Execute -OutputLogFolder '${CITRIX_LOGS}'`,
      'if ($LASTEXITCODE -ne 0) { throw "CtxOptimizerEngine.ps1: exit code $LASTEXITCODE" }',
      `Remove-Item -LiteralPath '${CITRIX_LOGS}' -Recurse -Force -ErrorAction SilentlyContinue`,
    ];
    return [...files.fetch, ...scriptActions(scope, bind, 'CitrixOptimizer', lines), ...files.remove];
  });
}

function check(scope: Construct, options: CitrixVdaOptions, { sysprep: generalized = true }: StepBindOptions): void {
  const { sysprep, mcs, switches = SWITCHES, components = ['vda'], maxResumes = 5 } = options;
  const refuse = (what: string, expected: string, fix: string): never => {
    throw new InvalidInputError(scope, { what, expected, fix });
  };
  if (sysprep !== undefined && sysprep !== generalized) {
    refuse(
      `the VDA is given sysprep ${sysprep}, and the image is built with${generalized ? '' : 'out'} Sysprep`, 'the same of both',
      `give the image \`sysprep: ${sysprep}\`, or leave sysprep of the VDA out`,
    );
  }
  if (mcs && generalized && sysprep === undefined) {
    refuse(
      'Machine Creation Services are to use an image that Sysprep generalizes, against the advice of Citrix',
      'an image with `sysprep: false`, or `sysprep: true` beside `mcs: true`, where you have tested it',
      'give the image `sysprep: false`; or leave `mcs` out and let the machines join by themselves',
    );
  }
  if (components.length === 0) {
    refuse('the VDA has no components', "one or more, such as 'vda'", 'leave `components` out');
  }
  if (!Number.isInteger(maxResumes) || maxResumes < 0) {
    refuse(`maxResumes of the VDA is ${maxResumes}`, 'a whole number from 0', 'correct it or leave it out');
  }
  const wrong = switches.find((each) => !/^\/[a-z0-9_]+$/i.test(each) || /^\/(?:quiet|passive|noreboot|noresume|logpath|components|exclude|controllers|mastermcsimage)$/i.test(each));
  if (wrong !== undefined) {
    refuse(`'${wrong}' is no switch that can be given to the VDA installer`, 'a slash and a name that no other option stands for', 'remove it, or use the option');
  }
}
