import { readFileSync } from 'node:fs';

const { date, contentVersion, profiles } = JSON.parse(readFileSync('test/catalogue/hardening-figures.json', 'utf8'));
const guide = readFileSync('docs/guides/hardening.md', 'utf8');
const TITLES: Record<string, string> = {
  cis_level1_server: 'CIS level 1, server (Ubuntu 24.04)',
  anssi_bp28_intermediary: 'ANSSI-BP-028 intermediary (Debian 12)',
};

test('the table of the guide is what was measured last', () => {
  const cell = ({ pass, notPass }: any): string => `${pass} / ${notPass}`;
  const rows = Object.entries<any>(profiles).map(([profile, { before, ours, openScap }]) =>
    `| ${TITLES[profile]} | ${cell(before)} | ${cell(ours)} | ${cell(openScap)} |`);
  expect(rows.filter((row) => !guide.includes(`${row}\n`))).toEqual([]);
  expect(guide).toContain(`data streams ${contentVersion}`);
  expect(guide).toContain(`on ${date}:`);
});

test('the share of the set in the manner of CIS is what was measured, in the guide and beside the method', () => {
  const { before, ours } = profiles.cis_level1_server;
  const share = `${before.notPass - ours.notPass} of ${before.notPass} findings of CIS level 1`;
  expect(guide).toContain(share);
  expect(readFileSync('src/catalog/baseline/linux-baseline.ts', 'utf8').replace(/\n +\* /g, ' ')).toContain(share);
});

test('each rule that is left after OpenSCAP stands in the guide', () => {
  const left = Object.values<any>(profiles).flatMap(({ left: rules }) => rules as string[]);
  expect(left.length).toBeGreaterThan(0);
  expect(left.filter((rule) => !guide.includes(`\`${rule}\``))).toEqual([]);
});
