/** What a simulated Windows begins with: test/powershell/windows/*.ps1. What is left out is empty. */
export interface World {
  readonly Files?: Record<string, string>;
  readonly Folders?: string[];
  /** What any archive has in it, by relative path. */
  readonly Archive?: Record<string, string>;
  /** Values by key and name; the keys are there. */
  readonly Registry?: Record<string, Record<string, string | number>>;
  /** Variables of the machine. */
  readonly Variables?: Record<string, string>;
  readonly Services?: Record<string, Service>;
  /** Whether each feature is installed. */
  readonly Features?: Record<string, boolean>;
  /** What Windows says of a restart after features changed. */
  readonly FeatureRestart?: 'No' | 'Yes' | 'Maybe';
  /** By the name of the file; `*` is any other. */
  readonly Programs?: Record<string, Program>;
  /** By path; others are Valid. */
  readonly Signatures?: Record<string, string>;
  readonly Tasks?: Record<string, object>;
  readonly Ports?: number[];
  /** AppX packages. */
  readonly Packages?: Package[];
  /** By id or name. */
  readonly Secrets?: Record<string, string>;
  readonly Accounts?: Record<string, number>;
  /** User rights, and who has them. */
  readonly Rights?: Record<string, string>;
  /** The registry as it was when Windows started last; by default, as it is. */
  readonly Booted?: Record<string, Record<string, string | number>>;
  /** By GUID: 1 success, 2 failure, 3 both. */
  readonly Audit?: Record<string, number>;
  readonly Updates?: Updates;
  readonly RestartPending?: boolean;
  /** How often a process can be seen. */
  readonly Processes?: Record<string, number>;
}

export interface Package {
  readonly Name: string;
  readonly PackageFullName: string;
  readonly Provisioned?: boolean;
  /** For each user: Installed or Staged. */
  readonly States?: ('Installed' | 'Staged')[];
  readonly IsFramework?: boolean;
  readonly SignatureKind?: string;
}

export interface Service {
  readonly Status: 'Running' | 'Stopped';
  readonly StartType: 'Automatic' | 'Manual' | 'Disabled';
  readonly Triggers?: boolean;
}

export interface Program {
  /** Exit codes of its starts, one after the other; the last one for ever. */
  readonly Codes: number[];
  readonly Output?: string;
  readonly Creates?: Record<string, string>;
  /** Files without which Windows does not load it. */
  readonly Needs?: string[];
  /** Values of the registry that it sets, by key and name. */
  readonly Sets?: Record<string, Record<string, string | number>>;
  /** Services that it installs. */
  readonly Services?: Record<string, Service>;
}

/** What Windows Update has, and what goes wrong. */
export interface Updates {
  readonly List: Update[];
  readonly SearchFails?: number;
  readonly DownloadFails?: number;
  readonly NotAllowed?: number;
}

export interface Update {
  readonly Id: string;
  readonly Title: string;
  /** Result codes of its installations, one after the other; the last one for ever. By default 2. */
  readonly Results?: readonly number[];
  readonly Restart?: boolean;
  /** Each restart takes it away again. */
  readonly RollsBack?: boolean;
  /** How many restarts come before it can be found. */
  readonly After?: number;
  /** 4: it cannot be downloaded. */
  readonly Download?: number;
  readonly Eula?: boolean;
}

/** The script of a package of the PowerShell App Deployment Toolkit before 4.1, as far as its parameters go. */
export const TOOLKIT = 'param([string]$DeploymentType, [string]$DeployMode, [switch]$AllowRebootPassThru)';

const service = (StartType: Service['StartType'], Status: Service['Status'] = 'Running'): Service => ({ Status, StartType });

/** Windows Server 2025 as it comes, with the package managers; each program ends with these codes. */
export const server2025 = (...codes: number[]): World => ({
  Files: {
    'C:\\ProgramData\\chocolatey\\choco.exe': '',
    'C:\\Program Files\\WindowsApps\\Microsoft.DesktopAppInstaller_1.26.430.0_x64__8wekyb3d8bbwe\\winget.exe': '',
    'C:\\Program Files\\WindowsApps\\Microsoft.DesktopAppInstaller_1.9.0.0_x64__8wekyb3d8bbwe\\winget.exe': '',
  },
  Archive: { 'Deploy-Application.ps1': TOOLKIT, 'Invoke-AppDeployToolkit.ps1': TOOLKIT },
  Registry: {
    'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion': { InstallationType: 'Server', CurrentBuildNumber: '26100' },
    'HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full': { Release: 533320 },
    'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing': {},
    'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update': {},
  },
  Programs: {
    '*': { Codes: codes.length > 0 ? codes : [0] },
    '& choco.exe': { Codes: [0], Output: '2.4.1' },
    '& winget.exe': { Codes: [0], Output: 'Git Git.Git 2.45.0 winget' },
  },
  Services: {
    wuauserv: service('Manual', 'Stopped'),
    UsoSvc: service('Automatic'),
    Spooler: service('Automatic'),
    BITS: service('Manual', 'Stopped'),
    AmazonSSMAgent: service('Automatic'),
    W32Time: { ...service('Manual', 'Stopped'), Triggers: true },
    TrustedInstaller: service('Manual', 'Stopped'),
  },
  Features: { 'Web-Server': false, 'Web-Ftp-Server': true, 'RDS-RD-Server': false },
  Packages: [{ Name: 'Microsoft.Winget.Source', PackageFullName: 'Microsoft.Winget.Source_2026_neutral__8wekyb3d8bbwe' }],
  Updates: { List: [] },
});
