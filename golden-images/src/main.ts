import { runCommandLine } from './commands/command-line';

const surroundings = {
  directory: process.cwd(),
  terminal: process.stdout.isTTY === true,
  out: (text: string): void => console.log(text),
  err: (text: string): void => console.error(text),
  write: (text: string): void => void process.stdout.write(text),
};

// Whoever read has gone (`| head`): end as by a signal, so that nothing is left behind.
process.stdout.on('error', () => process.emit('SIGTERM', 'SIGTERM'));

runCommandLine(process.argv.slice(2), surroundings).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
