import { powershell } from './powershell';
import type { ProvisionerMapping, RefusedProvisioner } from './provisioner';
import { windowsUpdate } from './windows-update';

export const PROVISIONERS: ReadonlyArray<ProvisionerMapping> = [powershell, windowsUpdate];

const ELSEWHERE = 'run it before the deployment, in the pipeline that deploys';

export const REFUSED_PROVISIONERS: ReadonlyArray<RefusedProvisioner> = [
  { type: 'shell-local', why: 'nothing runs on the machine that reads the template', fix: ELSEWHERE },
];
