import * as catalog from '../../src/catalog';
import * as component from '../../src/component';
import * as packer from '../../src/packer';

/** Exports that are nothing for Windows. */
const LINUX = [
  'Ansible', 'LinuxArchive', 'LinuxAssert', 'LinuxBaseline', 'LinuxEnvironment', 'LinuxFile', 'LinuxFolder', 'LinuxGroup', 'LinuxPackages',
  'LinuxRepository', 'LinuxUser', 'OpenScap', 'Sysctl', 'SystemdUnit', 'Agents.inspectorSbom', 'ExecuteModule.bash', 'PackerScript.shell',
  'PackerScript.onFiles', 'SecretScript.bash', 'Step.bash', 'WebServer.nginx', 'WebServer.apache',
];

/** Exports that make no script of ours: values for steps, modules of Image Builder whose inputs are the user's, components of Amazon. */
const NO_SCRIPT = [
  'Component', 'Condition', 'ExecuteModule', 'ExitCodes', 'FileModule', 'InstallModule', 'Loop', 'PackerConnection', 'PackerTemplate',
  'RuntimeSecret', 'ScheduledTaskTrigger', 'Source', 'SystemModule', 'TransferModule', 'UpdateFilter', 'AppDeployToolkit.exitCodes',
  'OperatingSystem.updates', 'Stig',
];

const isListed = (list: string[], name: string): boolean => list.includes(name) || list.includes(name.split('.')[0]!);

/** `Class.method` of every export that makes something for Windows, from the exports themselves: a new one is in here by itself. */
export const windowsExports = (): string[] => [component, catalog, packer].flatMap((room) => Object.entries(room))
  .filter(([, each]) => typeof each === 'function')
  .flatMap(([name, each]) => Object.getOwnPropertyNames(each)
    .filter((method) => typeof (each as any)[method] === 'function' && !method.startsWith('_')).map((method) => `${name}.${method}`))
  .filter((name) => !isListed(LINUX, name) && !isListed(NO_SCRIPT, name));
