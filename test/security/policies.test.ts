import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { everyKind } from './app';
import { listPolicies, type Reason } from './policies';

const SNAPSHOT = join(__dirname, 'policies.md');
const HEAD = `What every role of an app with every kind of image in it may do, with the reason for each wildcard. The app: \`app.ts\`. Written by
\`UPDATE_POLICIES=1 npx jest test/security/policies.test.ts\`; a test holds it to what is synthesized. Names in angle brackets are paths of constructs.

`;

const mockWritten: Reason[] = [];
/** Actions of what was granted last: a reason is written right behind. */
let mockActions: string[] = [];

function mockWrite(scope: IConstruct, wildcards: readonly string[], text: string | undefined): void {
  if (text !== undefined) mockWritten.push({ scope, wildcards, actions: mockActions, text });
}

jest.mock('../../src/private/findings', () => {
  const actual = jest.requireActual<typeof import('../../src/private/findings')>('../../src/private/findings');
  return {
    ...actual,
    explainWildcards: (scope: IConstruct, resources: string[], reason: string | undefined) => {
      mockWrite(scope, resources, reason);
      actual.explainWildcards(scope, resources, reason);
    },
    explainActions: (scope: IConstruct, actions: string[], reason: string) => {
      mockWrite(scope, actions, reason);
      actual.explainActions(scope, actions, reason);
    },
    explainGrant: (grantee: IGrantable, granted: { resources: string[]; actions: string[] }, reason: string) => {
      mockWrite(grantee.grantPrincipal as unknown as IConstruct, [...granted.resources, ...granted.actions], reason);
      actual.explainGrant(grantee, granted, reason);
    },
  };
});

const grant = PolicyDocument.prototype.addStatements;
const add = jest.spyOn(PolicyDocument.prototype, 'addStatements').mockImplementation(function (this: PolicyDocument, ...statements) {
  mockActions = statements.flatMap((each) => each.actions);
  grant.apply(this, statements);
});
afterAll(() => add.mockRestore());

/** As it stands in the template; actions are texts. */
function resolved(scope: IConstruct, name: string): string {
  const value: unknown = Stack.of(scope).resolve(name);
  return /^[a-z0-9-]+:[A-Za-z]+\*?$/.test(String(value)) ? String(value) : JSON.stringify(value);
}

const app = everyKind();
const reasons = mockWritten.map((each) => ({ ...each, wildcards: each.wildcards.map((name) => resolved(each.scope, name)) }));
const current = HEAD + listPolicies(app, reasons);
const unexplained = (text: string): string[] => text.split('\n').filter((line) => line.includes('**no reason is written**'));

test('every wildcard in the policy of a role has its reason beside it', () => {
  expect(unexplained(current)).toEqual([]);
});

test('a wildcard whose reason is gone is found', () => {
  const gone = reasons.filter(({ text }) => !text.startsWith('Those of the namespace'));
  expect(unexplained(listPolicies(app, gone))).toEqual([expect.stringContaining('distribution-configuration/images--*')]);
});

test('the roles may do what the snapshot says, and nothing else', () => {
  if (process.env.UPDATE_POLICIES === '1') writeFileSync(SNAPSHOT, current);
  expect(current).toBe(readFileSync(SNAPSHOT, 'utf8'));
});
