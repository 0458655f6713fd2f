import { readDocument, validateDocument } from '../../../../src/component/document';
import { Platform } from '../../../../src/image/platform';
import { ParameterError, type Answer, type Instruction } from '../interpreter';
import { frameOf } from '../interpreter/begin';
import { Refused } from '../machine';
import type { Outcome } from '../modules';

/** "ExecuteDocument": how many documents may stand in each other. */
const DEEPEST = 3;

/** Finds documents that documents name. Throws with the reason where it cannot. */
export interface Documents {
  readonly platform: Platform;
  read(location: string): string;
}

/** Enters the document that a step names, or fails the step. */
export function nested(
  { at, inputs, sources }: Extract<Instruction, { type: 'run' }>, { location, phases, parameters }: Extract<Outcome, { type: 'document' }>,
  documents: Documents, seconds: number,
): Answer {
  const failed = (message: string): Answer => ({ type: 'failed', message, seconds, inputs });
  if (sources.includes(location)) return failed(`${location} is being run already: a cycle`);
  if (at.depth + 1 > DEEPEST) return failed(`${location} would be document ${at.depth + 1} in another; at most ${DEEPEST} may be`);
  try {
    const text = documents.read(location);
    const [violation] = validateDocument(text, documents.platform);
    if (violation) return failed(`${location} is not valid: ${violation.path}: ${violation.what}`);
    const document = readDocument(text);
    const options = { source: location, phases: phases.length > 0 ? phases : document.phases.map(({ name }) => name), parameters };
    frameOf(document, options);
    return { type: 'document', document, options, inputs };
  } catch (error) {
    if (!(error instanceof ParameterError) && !(error instanceof Error && 'code' in error) && !(error instanceof DocumentMissing) && !(error instanceof Refused)) throw error;
    return failed(`${location}: ${(error as Error).message}`);
  }
}

/** A document that cannot be had. */
export class DocumentMissing extends Error {}
