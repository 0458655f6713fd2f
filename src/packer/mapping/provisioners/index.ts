import { ansible, ansibleLocal } from './ansible';
import { breakpoint } from './breakpoint';
import { chefSolo } from './chef-solo';
import { file } from './file';
import { powershell } from './powershell';
import type { ProvisionerMapping, RefusedProvisioner } from './provisioner';
import { puppetMasterless } from './puppet-masterless';
import { saltMasterless } from './salt-masterless';
import { shell } from './shell';
import { shellLocal } from './shell-local';
import { windowsRestart } from './windows-restart';
import { windowsShell } from './windows-shell';
import { windowsUpdate } from './windows-update';

export const PROVISIONERS: ReadonlyArray<ProvisionerMapping> = [
  shell, powershell, windowsShell, file, windowsRestart, windowsUpdate, ansibleLocal, ansible, chefSolo, puppetMasterless, saltMasterless,
  shellLocal, breakpoint,
];

const SERVER = 'a build must not register with a server, nor depend on what it says on that day';

export const REFUSED_PROVISIONERS: ReadonlyArray<RefusedProvisioner> = [
  { type: 'chef-client', why: SERVER, fix: 'use chef-solo with the cookbooks' },
  { type: 'puppet-server', why: SERVER, fix: 'use puppet-masterless with the modules' },
  { type: 'inspec', why: 'it runs on the machine that reads the template', fix: 'write the checks as `testSteps` of a component' },
  { type: 'converge', why: 'its project has ended', fix: 'write it as a script' },
  { type: 'hcp-sbom', why: 'it hands a file to HCP Packer', fix: 'write the list of packages from a script to a bucket' },
];
