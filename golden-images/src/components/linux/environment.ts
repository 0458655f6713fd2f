/** Folders in which Image Builder's agent finds programs. */
const PATH = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Where a program may lie: its own path, or a place in one of those folders. */
export const placesOf = (program: string): string[] => (program.includes('/') ? [program] : PATH.map((folder) => `${folder}/${program}`));

/** What a program of a document finds in its environment, and nothing else. */
export const programEnvironment = (more: Readonly<Record<string, string>> = {}): Record<string, string> =>
  ({ PATH: PATH.join(':'), HOME: '/root', LANG: 'C.UTF-8', ...more });

/** How programs reach the network from here. */
export const proxies = (): Record<string, string> => Object.fromEntries(
  Object.entries(process.env).filter((entry): entry is [string, string] => /^(https?|ftp|no|all)_proxy$/i.test(entry[0]) && entry[1] !== undefined),
);
