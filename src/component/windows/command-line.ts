/**
 * One argument as the programs of Windows split their command line (Microsoft C runtime, "Parsing C command-line arguments"): backslashes
 * count only before a quote.
 */
export function windowsArgument(text: string): string {
  return text !== '' && !/[\s"]/.test(text) ? text : `"${text.replace(/(?<!\\)(\\*)"/g, '$1$1\\"').replace(/(?<!\\)(\\+)$/, '$1$1')}"`;
}

export const commandLine = (args: string[]): string => args.map(windowsArgument).join(' ');
