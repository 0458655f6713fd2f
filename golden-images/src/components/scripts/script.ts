/** Where something stands in a document, counted from 1. */
export interface Where {
  /** As `phases[0].steps[1].inputs.commands[2]`. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** A script that stands in a component document. */
export interface Script {
  readonly language: 'bash' | 'powershell';
  readonly phase: string;
  readonly step: string;
  /** As the agent hands it to the shell, with its references still in it. */
  readonly text: string;
  /** Where the character at this offset of the text stands in the document. */
  at(offset: number): Where;
}

/** The first thing in a script that its shell would refuse. */
export interface Fault {
  readonly offset: number;
  readonly message: string;
}
