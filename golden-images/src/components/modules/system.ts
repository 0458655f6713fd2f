import { execute } from './execution';
import { done, type Bench, type Module, type Modules, type Outcome } from './module';
import type { Mapping } from '../../../../src/component/document';

/** "InstallMSI", "UninstallMSI": exit codes of msiexec that are successes, and those of them that want a restart. */
const MSI_INSTALLED = [0, 1614, 1641, 3010];
const MSI_REMOVED = [...MSI_INSTALLED, 1605];
const MSI_RESTART = [1641, 3010];

/** Modules that work on the whole system, and those that only Windows has. */
export const system: Modules = {
  Reboot: async (inputs) => ({ type: 'reboot', again: false, delaySeconds: Number((inputs as Mapping | undefined)?.delaySeconds ?? 0) }),
  UpdateOS: (inputs, bench) => {
    const { include, exclude } = (inputs ?? {}) as { include?: unknown[]; exclude?: unknown[] };
    return execute({ kind: 'update', include: (include ?? []).map(String), exclude: (exclude ?? []).map(String) }, bench);
  },
  InstallMSI: installer(false),
  UninstallMSI: installer(true),
  SetRegistry: async (inputs, bench) => {
    for (const { path, name, type, value } of inputs as Mapping[]) {
      const { exitCode, stdout } = await bench.run({ kind: 'registry', path: String(path), name: String(name), type: String(type), value });
      if (exitCode !== 0) return { type: 'failed', message: stdout || `exit code ${exitCode}`, exitCode };
    }
    return done();
  },
};

/** The restart belongs to the module, so the document goes on at the next step after it (assumption: msi-restart-next). */
function installer(removes: boolean): Module {
  return async (inputs, bench: Bench): Promise<Outcome> => {
    const { exitCode, stdout, timedOut } = await bench.run({ kind: 'installer', removes, inputs: inputs as Mapping });
    if (timedOut) return { type: 'timed-out' };
    if (!(removes ? MSI_REMOVED : MSI_INSTALLED).includes(exitCode)) return { type: 'failed', message: `msiexec ended with ${exitCode}`, exitCode };
    const { reboot = 'Allow', logFile } = inputs as Mapping;
    const outputs = { stdout, msiExitCode: String(exitCode), logFile: String(logFile ?? '') };
    const policy = String(reboot).toLowerCase();
    const restarts = policy === 'force' || (policy === 'allow' && MSI_RESTART.includes(exitCode));
    return restarts ? { type: 'reboot', again: false, outputs, exitCode } : { type: 'done', outputs, exitCode };
  };
}
