import type { Script } from './script';
import { SimulatedMachine } from './simulated-machine';
import { examineDocument, readDocument } from '../../../../src/component/document';
import type { Platform } from '../../../../src/image/platform';
import { DocumentMissing, Narrator, OnMachine, runDocument, type Report } from '../run';

/** What a simulated run came to, and what is on the machine after it. */
export interface Simulation extends Report {
  /** Lines as `component run` prints them. */
  readonly lines: readonly string[];
  readonly files: readonly string[];
  readonly registry: Readonly<Record<string, unknown>>;
}

/**
 * Runs a component document on a machine of which a script says what happens: the same interpreter and the same modules as a real run.
 * It always ends. `refusal.kind` is `endless` when the document would not have.
 */
export async function simulate(documentText: string, script: Script = {}): Promise<Simulation> {
  const { platform, violations } = examineDocument(documentText, script.system as Platform | undefined);
  if (violations.length > 0) {
    throw new Error(`the document is not valid: ${violations.map(({ path, what }) => `${path}: ${what}`).join('; ')}`);
  }
  const machine = new SimulatedMachine(platform, script);
  const lines: string[] = [];
  const performer = new OnMachine(machine, new Narrator((line) => lines.push(line)), { platform, read: (location) => document(script, location) });
  const report = await runDocument(readDocument(documentText), {
    phases: script.phases ?? ['build', 'validate'],
    ...script.parameters ? { parameters: script.parameters } : {},
    ...script.stored ? { stored: script.stored } : {},
    limits: { ...script.mostReboots === undefined ? {} : { reboots: script.mostReboots }, runs: script.mostRuns ?? 10_000 },
  }, performer);
  return { ...report, lines, files: machine.files.all(), registry: machine.registry };
}

function document({ documents }: Script, location: string): string {
  const text = documents?.[location];
  if (text === undefined) throw new DocumentMissing('there is no such document');
  return text;
}
