import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { checkFile } from './limits';
import type { Files } from '../files';
import type { Operation, RestartOperation, ScriptOperation, UploadOperation } from '../plan/operation';
import type { Plan } from '../plan/plan';
import { brief, Refused } from '../refusal';
import { zipOf } from '../zip';

/** A customizer or an in-VM validation of an image template. */
export interface Customizer {
  readonly type: 'Shell' | 'PowerShell' | 'File' | 'WindowsRestart' | 'WindowsUpdate';
  readonly name: string;
  readonly [member: string]: unknown;
}

/** The service tries nothing again, and has one limit for the whole build. */
const MEANS = { retries: false, timeouts: false };

/** The limit that Image Builder gives a step which says nothing: the limit of the whole build stands for it. */
const DEFAULT_TIMEOUT = 7200;

const SCRIPT = '/tmp/golden-images-step.sh';

/** Writes customizers, and the files that have to be put into a storage account. */
export class Customizers {
  /** Objects of buckets that have to be there too, by their names. */
  public readonly objects = new Map<string, string>();
  private count = 0;

  public constructor(private readonly plan: Plan, private readonly files: Files) {}

  public of(operations: readonly Operation[]): Customizer[] {
    return operations.map((operation): Customizer => {
      switch (operation.kind) {
        case 'script': return this.script(operation);
        case 'upload': return this.upload(operation);
        case 'restart': return this.restart(operation);
        case 'windows-update': {
          const { searchCriteria, filters, updateLimit } = operation;
          return { type: 'WindowsUpdate', name: this.name(operation), searchCriteria: literal(searchCriteria), filters: filters.map(literal), updateLimit };
        }
      }
    });
  }

  /** In-VM validations are scripts and files only. */
  public validations(operations: readonly Operation[]): Customizer[] {
    const other = operations.find(({ kind }) => kind === 'restart' || kind === 'windows-update');
    if (other) throw new Refused(other.at, `a ${other.kind} in the validate phase has no form in Azure Image Builder`, 'move it into the build phase');
    return this.of(operations);
  }

  private script(operation: ScriptOperation): Customizer {
    const { script, at } = operation;
    const timeoutSeconds = script.timeoutSeconds === DEFAULT_TIMEOUT ? Infinity : script.timeoutSeconds;
    return this.run(this.name(operation), this.plan.language.text({ ...script, timeoutSeconds }, brief(at), MEANS));
  }

  private run(name: string, text: string): Customizer {
    const lines = text.trimEnd().split('\n');
    return this.plan.language.name === 'bash'
      ? { type: 'Shell', name, inline: asRoot(lines).map(literal) }
      : { type: 'PowerShell', name, runElevated: true, runAsSystem: true, inline: lines.map(literal) };
  }

  private upload(operation: UploadOperation): Customizer {
    const { file, destination, at } = operation;
    const customizer = (folder: string): Customizer => ({
      type: 'File', name: this.name(operation), sourceUri: `[concat(parameters('storageBaseUrl'), '/${folder}/${file.name.replace(/'/g, "''")}')]`, destination,
    });
    if (file.kind === 'object') {
      this.objects.set(file.name, file.uri);
      return customizer('objects');
    }
    const content = file.asset.zipped ? zipOf(file.asset.path) : readFileSync(file.asset.path);
    checkFile(at, file.name, content.length);
    this.files.set(`assets/${file.name}`, { kind: 'asset', asset: file.asset });
    return { ...customizer('assets'), sha256Checksum: createHash('sha256').update(content).digest('hex') };
  }

  /** There is no restart of Linux by name: "invoke a restart using the Shell customizer" (assumption: azure-linux-restart). */
  private restart(operation: RestartOperation): Customizer {
    const { condition, delaySeconds } = operation;
    const name = this.name(operation);
    if (this.plan.language.name === 'bash') {
      return this.run(name, ['#!/bin/bash', `# ${brief(operation.at)}`, ...condition === undefined ? [] : [`if ! ${condition}; then exit 0; fi`], ...delaySeconds > 0 ? [`sleep ${delaySeconds}`] : [], 'sync', 'systemctl reboot'].join('\n'));
    }
    const command = `shutdown.exe /r /f /t ${Math.max(5, delaySeconds)}`;
    return {
      type: 'WindowsRestart',
      name,
      restartCommand: literal(condition === undefined ? command : `powershell.exe -NoProfile -NonInteractive -Command "if (${condition}) { ${command} }"`),
      restartTimeout: '30m',
    };
  }

  private name({ at }: Operation): string {
    this.count += 1;
    return `${String(this.count).padStart(3, '0')}-${`${at.component.replace(/^.*--/, '')}-${at.step}`.replace(/[^A-Za-z0-9]+/g, '-')}`;
  }
}

/** Shell customizers run as a user who may use sudo; a script goes through a file, because what it starts may read standard input. */
function asRoot(lines: readonly string[]): string[] {
  const end = ['GOLDEN_IMAGES_STEP', ...Array.from({ length: 9 }, (_, index) => `GOLDEN_IMAGES_STEP_${index}`)].find((each) => !lines.includes(each))!;
  return [`cat > ${SCRIPT} <<'${end}'`, ...lines, end, `sudo bash ${SCRIPT} || exit $?`, `rm -f ${SCRIPT}`];
}

/** A text that is no expression of a template: those stand in brackets ("Template expressions", escape characters). */
export const literal = (text: string): string => (/^\[[^]*\]$/.test(text) ? `[${text}` : text);
