import type { ActionModule, ActionModules } from './module';

const installer: ActionModule = {
  platform: 'Windows',
  inputs: 'map',
  fields: {
    path: { kind: 'string', required: true },
    reboot: { kind: 'string', values: ['Allow', 'Force', 'Skip'] },
    logOptions: { kind: 'string' },
    logFile: { kind: 'string' },
    properties: { kind: 'mapping' },
    ignoreAuthenticodeSignatureErrors: { kind: 'boolean' },
    allowUnsignedInstaller: { kind: 'boolean' },
  },
  outputs: ['logFile', 'msiExitCode', 'stdout'],
};

/** Modules that only Windows has. */
export const windows: ActionModules = {
  InstallMSI: installer,
  UninstallMSI: installer,
  SetRegistry: {
    platform: 'Windows',
    inputs: 'list',
    fields: {
      path: { kind: 'string', required: true },
      name: { kind: 'string', required: true },
      value: { kind: 'any', required: true },
      type: { kind: 'string', required: true, values: ['BINARY', 'DWORD', 'QWORD', 'SZ', 'EXPAND_SZ', 'MULTI_SZ'] },
    },
    outputs: [],
    check: (path, { path: key }) => (typeof key !== 'string' || key.includes('{{') || /^(?:HKEY_[A-Z_]+\\|HK(?:CR|U|LM|CC|CU):)/.test(key)
      ? []
      : [{ path: `${path}.path`, what: `it is '${key}'`, expected: 'a key under HKLM:, HKCR:, HKU:, HKCC: or HKCU:, or their long names' }]),
  },
};
