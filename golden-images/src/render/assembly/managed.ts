import { readDocument, type ComponentDocument } from '../../../../src/component/document';
import { Refused } from '../refusal';

const UPDATE = 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - {name: UpdateOS, action: UpdateOS}\n      - {name: Reboot, action: Reboot}\n';
const REBOOT = 'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - {name: Reboot, action: Reboot}\n';

/** What the components of Amazon do whose work is one action module. */
const KNOWN: Readonly<Record<string, string>> = {
  'update-linux': UPDATE, 'update-windows': UPDATE, 'reboot-linux': REBOOT, 'reboot-windows': REBOOT,
};

/** A document that does what a component of Amazon does. Others are refused: their documents are not in the app. */
export function managedDocument(name: string): ComponentDocument {
  const known = KNOWN[name];
  if (known === undefined) {
    throw new Refused({ component: name }, 'Amazon maintains it, and its document is not in the app',
      `write its steps with Component.fromSteps; known here: ${Object.keys(KNOWN).join(', ')}`);
  }
  return readDocument(known);
}
