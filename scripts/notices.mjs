// Holds the notices of both packages to the code that their bundles have of others; `--write` writes them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { handlerBundle } from './handler-bundle.mjs';
import { commandLineBundle } from './local-aws-bundle.mjs';
import { bundled, readPackage } from './notices/packages.mjs';
import { render } from './notices/render.mjs';

const { bundledDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

const notices = {
  'THIRD-PARTY-NOTICES': async () => [...await bundled(handlerBundle), ...bundledDependencies.map((name) => readPackage(`node_modules/${name}`))],
  'golden-images/THIRD-PARTY-NOTICES': async () => [...await bundled(commandLineBundle), constraints()],
};

/** Taken over as data (scripts/constraints.mjs), and part of the local AWS. */
function constraints() {
  const [name, version] = JSON.parse(readFileSync('golden-images/src/world/kernel/constraints/constraints.json', 'utf8')).source.split(' ');
  return { name: `${name}, of which the constraints of its service models are taken:`, version, license: 'Apache-2.0', text: '' };
}

for (const [file, packages] of Object.entries(notices)) {
  const rendered = render(await packages());
  if (process.argv.includes('--write')) { writeFileSync(file, rendered); }
  if (!existsSync(file) || readFileSync(file, 'utf8') !== rendered) {
    console.error(`${file} is not what the bundles hold; write it anew: node scripts/notices.mjs --write`);
    process.exitCode = 1;
  }
}
