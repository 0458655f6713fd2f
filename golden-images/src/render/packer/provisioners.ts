import { attributes, comment, block, Expression, space, variable, type HclLine } from './hcl';
import { text, type Files } from '../files';
import type { Operation, RestartOperation, ScriptOperation, UploadOperation, WindowsUpdateOperation } from '../plan/operation';
import type { Plan } from '../plan/plan';
import { brief } from '../refusal';

/** Packer tries a provisioner again, and ends it in time. */
const MEANS = { retries: true, timeouts: true };

/** Folder of the template, in expressions of HCL. */
const here = (path: string): Expression => new Expression(`"\${path.root}/${path}"`);

/** Writes provisioners, and the files that they use. */
export class Provisioners {
  /** Objects that whoever builds has to fetch, by the name of the variable that says where they are. */
  public readonly objects = new Map<string, string>();
  public updatesWindows = false;
  public restartsLinux = false;
  private count = 0;

  public constructor(private readonly plan: Plan, private readonly files: Files) {}

  public of(operations: readonly Operation[]): HclLine[] {
    return operations.flatMap((operation) => [space, comment(brief(operation.at)), ...this.lines(operation)]);
  }

  /** A script of the tool's own, such as what makes a machine an image. */
  public own(title: string, name: string, script: string, notes: string): HclLine[] {
    return [space, comment(notes), this.run(this.save(name, `${this.bash ? '#!/bin/bash\n' : ''}# ${title}\n${script}\n`))];
  }

  private lines(operation: Operation): HclLine[] {
    switch (operation.kind) {
      case 'script': return [this.script(operation)];
      case 'upload': return [this.upload(operation)];
      case 'restart': return this.bash ? this.restartLinux(operation) : this.restartWindows(operation);
      case 'windows-update': return [this.windowsUpdate(operation)];
    }
  }

  private get bash(): boolean {
    return this.plan.language.name === 'bash';
  }

  private script({ at, script }: ScriptOperation): HclLine {
    const pass = script.pass ? ` pass ${script.pass.number}` : '';
    const file = this.save(`${at.component}-${at.step}${pass}`, this.plan.language.text(script, `${brief(at)}${pass}`, MEANS));
    return this.run(file, {
      ...script.attempts > 1 ? { max_retries: script.attempts - 1 } : {},
      ...script.timeoutSeconds === Infinity ? {} : { timeout: duration(script.timeoutSeconds) },
    });
  }

  private run(file: string, options: Readonly<Record<string, number | string>> = {}): HclLine {
    return this.bash
      ? block('provisioner', ['shell'], attributes({ script: here(file), execute_command: new Expression('local.as_root'), ...options }))
      : block('provisioner', ['powershell'], attributes({ script: here(file), elevated_user: 'SYSTEM', elevated_password: '', ...options }));
  }

  private upload({ file, destination, attempts }: UploadOperation): HclLine {
    const retries = attempts > 1 ? { max_retries: attempts - 1 } : {};
    if (file.kind === 'object') {
      const name = `object_${file.name.replace(/[^A-Za-z0-9]+/g, '_').toLowerCase()}`;
      this.objects.set(name, file.uri);
      return block('provisioner', ['file'], attributes({ source: variable(name), destination, ...retries }));
    }
    this.files.set(`assets/${file.name}`, { kind: 'asset', asset: file.asset });
    return block('provisioner', ['file'], attributes({ source: here(`assets/${file.name}`), destination, ...retries }));
  }

  private restartLinux({ at, condition, delaySeconds }: RestartOperation): HclLine[] {
    this.restartsLinux = true;
    const file = this.save(`${at.component}-${at.step}-restart`, [
      '#!/bin/bash', `# ${brief(at)}`,
      ...condition === undefined ? [] : [`if ! ${condition}; then exit 0; fi`],
      ...delaySeconds > 0 ? [`sleep ${delaySeconds}`] : [], 'sync', 'eval "$REBOOT_COMMAND"', '',
    ].join('\n'));
    return [
      block('provisioner', ['shell'], attributes({
        script: here(file),
        execute_command: new Expression('local.as_root'),
        environment_vars: [new Expression('"REBOOT_COMMAND=${var.reboot_command}"')],
        expect_disconnect: true,
        pause_after: new Expression('var.reboot_pause'),
      })),
      comment('The way in is open again.'),
      block('provisioner', ['shell'], attributes({ inline: ['true'], start_retry_timeout: '15m' })),
    ];
  }

  /** A command that restarts nothing is no failure: Packer finds that nothing is under way, and goes on (`waitForRestart` of packer's provisioner). */
  private restartWindows({ condition, delaySeconds }: RestartOperation): HclLine[] {
    const command = `shutdown.exe /r /f /t ${Math.max(5, delaySeconds)}`;
    return [
      ...condition === undefined ? [] : [comment('Restarts only where the condition holds; where it does not, Packer finds no restart under way and goes on.')],
      block('provisioner', ['windows-restart'], attributes({
        restart_command: condition === undefined ? command : `powershell.exe -NoProfile -NonInteractive -Command "if (${condition}) { ${command} }"`,
        restart_timeout: '30m',
      })),
    ];
  }

  private windowsUpdate({ searchCriteria, filters, updateLimit }: WindowsUpdateOperation): HclLine {
    this.updatesWindows = true;
    return block('provisioner', ['windows-update'], attributes({ search_criteria: searchCriteria, filters, update_limit: updateLimit }));
  }

  private save(name: string, content: string): string {
    this.count += 1;
    const file = `scripts/${String(this.count).padStart(3, '0')}-${name.replace(/^.*--/, '').replace(/[^A-Za-z0-9]+/g, '-')}${this.plan.language.extension}`;
    this.files.set(file, text(content));
    return file;
  }
}

/** Seconds as Go writes them. */
export function duration(seconds: number): string {
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}
