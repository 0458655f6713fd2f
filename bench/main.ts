import { readFileSync } from 'node:fs';
import { cpus, release, type as system } from 'node:os';
import { componentTable } from './components';
import { handlerTable } from './handlers';
import { jobs } from './jobs';
import { componentJobs } from './jobs/components';
import { lintOnce, lintTable } from './lint';
import { packerTable, readOnce } from './packer';
import { synthesize } from './synthesis';
import { synthesisTable, templateTable } from './templates';

function report(): void {
  console.log(`\n${machine()}\n`);
  [templateTable, synthesisTable, componentTable, handlerTable, lintTable, packerTable].forEach((part) => console.log(`${part()}\n`));
}

function machine(): string {
  const processors = cpus();
  const packages = ['aws-cdk-lib', '@aws-cdk/aws-imagebuilder-alpha', 'constructs', 'esbuild'].map((name) => `${name} ${versionOf(name)}`);
  return [`${processors.length} × ${processors[0]!.model.trim()}, ${system()} ${release()}`, `Node ${process.version}`, ...packages].join('; ');
}

function versionOf(name: string): string {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version;
}

const [side, roles, count] = process.argv.slice(2);
if (side === undefined) report();
else if (side === 'lint') console.log(JSON.stringify(lintOnce(Number(roles))));
else if (side === 'components') console.log(JSON.stringify(synthesize(componentJobs[roles!]!, Number(count))));
else if (side === 'component-table') console.log(`\n${machine()}\n\n${componentTable()}`);
else if (side === 'packer') console.log(JSON.stringify(readOnce(roles!, count)));
else if (side === 'packer-table') console.log(`\n${machine()}\n\n${packerTable()}`);
else if (side === 'lint-table') console.log(`\n${machine()}\n\n${lintTable()}`);
else console.log(JSON.stringify(synthesize(jobs[side]!, Number(roles))));
