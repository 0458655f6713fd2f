import { runCommandLine } from './commands/command-line';

const surroundings = {
  directory: process.cwd(),
  terminal: process.stdout.isTTY === true,
  out: (text: string): void => console.log(text),
  err: (text: string): void => console.error(text),
  write: (text: string): void => void process.stdout.write(text),
};

runCommandLine(process.argv.slice(2), surroundings).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
