import type { Setting } from '../template/model';

/** Settings of which only those stand that are not empty: `""`, `null` and `[]` say as much as nothing. */
export function isEmpty(setting: Setting | undefined): boolean {
  if (setting === undefined) return true;
  if (setting.kind === 'scalar') return setting.value === null || setting.value === '';
  return setting.kind === 'list' && setting.value.length === 0;
}

/** What Go gives an option that is not set (Go specification, "The zero value"). Packer takes texts for numbers and flags. */
export function isZero(setting: Setting): boolean {
  if (setting.kind === 'scalar') return setting.value === null || ['', 'false', '0', '0s'].includes(String(setting.value).trim().toLowerCase());
  if (setting.kind === 'list') return setting.value.every(isZero);
  return setting.kind === 'map' && setting.value.size === 0;
}
