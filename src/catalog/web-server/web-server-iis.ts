import type { Component } from '../../component/component';
import type { Source } from '../../component/source';
import type { Step } from '../../component/step/step';
import { Exe } from '../../component/windows/exe';
import { WindowsAssert } from '../../component/windows/windows-assert';
import { WindowsFeature } from '../../component/windows/windows-feature';
import { answersWith200, serviceRuns, serviceStartsAutomatically } from '../baseline/windows-checks';
import { entry } from '../entry';

/** The hosting bundle of .NET: the module of IIS for ASP.NET Core, and its runtime. */
export interface DotnetHostingBundleOptions {
  /** The installer, such as `dotnet-hosting-8.0.11-win.exe`: pinned by its content, so best an object in a bucket. */
  readonly source: Source;

  /**
   * Whether the runtime for 32 bits is left out.
   *
   * @default true
   */
  readonly withoutX86?: boolean;
}

/** Options of `WebServer.iis`. */
export interface IisOptions {
  /**
   * Features beside `Web-Server`, as Get-WindowsFeature lists them, such as `Web-Asp-Net45`.
   *
   * @default - none
   */
  readonly features?: string[];

  /**
   * Whether the tools that manage IIS are installed too.
   *
   * @default true
   */
  readonly includeManagementTools?: boolean;

  /**
   * The hosting bundle of .NET, for ASP.NET Core.
   *
   * @default - not installed
   */
  readonly dotnetHostingBundle?: DotnetHostingBundleOptions;

  /**
   * Path of the page that must answer with HTTP 200 in the test phase.
   *
   * @default '/'
   */
  readonly testPath?: string;
}

/** The component of `WebServer.iis`. */
export function iis({ features = [], includeManagementTools = true, dotnetHostingBundle, testPath = '/' }: IisOptions): Component {
  const all = ['Web-Server', ...features];
  return entry('iis', {
    description: 'Internet Information Services',
    // Before IIS the bundle would leave the module of IIS out (ASP.NET Core documentation, "The .NET Hosting Bundle").
    buildSteps: [WindowsFeature.install(all, { includeManagementTools }), ...dotnetHostingBundle ? [hostingBundle(dotnetHostingBundle)] : []],
    validateSteps: [WindowsAssert.featuresInstalled(all), serviceStartsAutomatically('W3SVC'), ...dotnetHostingBundle ? [hasModule()] : []],
    testSteps: [serviceRuns('W3SVC'), answersWith200(`http://127.0.0.1${testPath}`)],
  });
}

const hostingBundle = ({ source, withoutX86 = true }: DotnetHostingBundleOptions): Step =>
  Exe.install(source, { arguments: ['/install', '/quiet', '/norestart', ...withoutX86 ? ['OPT_NO_X86=1'] : []] });

const hasModule = (): Step => WindowsAssert.fileExists('C:\\Program Files\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll');
