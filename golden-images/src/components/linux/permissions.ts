/** Permissions come from a document, which may say anything. */
export function requireOctal(permissions: string): void {
  if (!/^[0-7]{3,5}$/.test(permissions)) throw Object.assign(new Error(`permissions '${permissions}' are no octal digits`), { code: 'EINVAL' });
}
