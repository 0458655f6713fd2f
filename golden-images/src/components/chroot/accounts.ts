/** A user of a root file system. */
export interface User {
  readonly id: number;
  readonly group: number;
}

/** Finds a user by name or number in the text of /etc/passwd. */
export function userIn(passwd: string, owner: string): User {
  const found = rows(passwd).find(([name, , id]) => name === owner || id === owner);
  if (found) return { id: Number(found[2]), group: Number(found[3]) };
  if (/^\d+$/.test(owner)) return { id: Number(owner), group: Number(owner) };
  throw Object.assign(new Error(`there is no user '${owner}'`), { code: 'ENOENT' });
}

/** Finds a group by name or number in the text of /etc/group. */
export function groupIn(text: string, group: string): number {
  const found = rows(text).find(([name, , id]) => name === group || id === group);
  if (found) return Number(found[2]);
  if (/^\d+$/.test(group)) return Number(group);
  throw Object.assign(new Error(`there is no group '${group}'`), { code: 'ENOENT' });
}

const rows = (text: string): string[][] => text.split('\n').filter((line) => line !== '').map((line) => line.split(':'));
