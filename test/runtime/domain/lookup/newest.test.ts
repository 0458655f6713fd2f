import { newestAmi, type AmiCandidate } from '../../../../src/runtime/domain/lookup';

const NOW = Date.UTC(2026, 10, 30);
const ami = (id: string, name: string, createdAt: string): AmiCandidate => ({ id, name, createdAt });
// As Red Hat published them: 9.6 was refreshed after 9.8.
const OLD = ami('ami-98', 'RHEL-9.8.0_HVM-20260728-x86_64-0-Hourly2-GP3', '2026-07-29T08:00:00.000Z');
const REFRESHED = ami('ami-96', 'RHEL-9.6.0_HVM-20260922-x86_64-0-Hourly2-GP3', '2026-09-23T08:00:00.000Z');
const NEXT = ami('ami-910', 'RHEL-9.10.0_HVM_GA-20260501-x86_64-0-Hourly2-GP3', '2026-05-01T08:00:00.000Z');

const newest = (newestBy: 'creation-date' | 'name', ...candidates: AmiCandidate[]): Array<string | undefined> =>
  [candidates, [...candidates].reverse()].map((each) => newestAmi(each, { newestBy }, NOW));

test('by creation date it is what was created last, whatever order it comes in', () => {
  expect(newest('creation-date', OLD, REFRESHED, NEXT)).toEqual(['ami-96', 'ami-96']);
});

test('by name it is the highest version, whenever it was created: 9.10 is higher than 9.8', () => {
  expect(newest('name', OLD, REFRESHED)).toEqual(['ami-98', 'ami-98']);
  expect(newest('name', OLD, REFRESHED, NEXT)).toEqual(['ami-910', 'ami-910']);
});

test('what is equal in all is told apart by its id', () => {
  expect(newest('name', { ...OLD, id: 'ami-a' }, { ...OLD, id: 'ami-b' })).toEqual(['ami-b', 'ami-b']);
});

test('deprecated AMIs are left out, those that will be deprecated are not', () => {
  const deprecated = { ...REFRESHED, deprecatedAt: '2026-11-29T00:00:00.000Z' };
  expect(newest('creation-date', OLD, deprecated)).toEqual(['ami-98', 'ami-98']);
  expect(newest('creation-date', OLD, { ...REFRESHED, deprecatedAt: '2026-12-01T00:00:00.000Z' })).toEqual(['ami-96', 'ami-96']);
  expect(newest('creation-date', deprecated)).toEqual([undefined, undefined]);
});
