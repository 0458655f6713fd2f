const RULE = '-'.repeat(80);

/** Packages under one text stand together: most of them have the same one. */
export function render(packages) {
  const byText = new Map();
  for (const { name, version, license, text } of packages) {
    const names = byText.get(text) ?? new Set();
    byText.set(text, names.add(`${name} ${version} (${license})`));
  }
  const parts = [...byText].map(([text, names]) => ({ names: [...names].sort(), text }));
  const sorted = parts.sort((a, b) => (a.names[0] < b.names[0] ? -1 : 1));
  return [
    'This package contains code of the packages below, under the licenses that stand behind their names. The text of the Apache License, Version 2.0 (Apache-2.0),\n'
    + 'is the one in the file LICENSE of this package.',
    ...sorted.map(({ names, text }) => [RULE, ...names, ...text === '' ? [] : ['', text]].join('\n')),
  ].join('\n\n') + '\n';
}
