import { Refused, type Place } from '../refusal';

/** "Template limits" of Azure Resource Manager: a resource definition may have 1 MB. */
export const LARGEST_RESOURCE = 1024 * 1024;

/** "File customizer": for small files, under 20 MB. */
export const LARGEST_FILE = 20_000_000;

export function checkFile(at: Place, name: string, size: number): void {
  if (size < LARGEST_FILE) return;
  throw new Refused(at, `${name} has ${Math.ceil(size / 1_000_000)} MB, and the File customizer takes files under 20 MB`, 'fetch it by WebDownload, or by a script that reads a storage account');
}

export function checkResource(at: Place, resource: unknown): void {
  const size = Buffer.byteLength(JSON.stringify(resource));
  if (size <= LARGEST_RESOURCE) return;
  throw new Refused(at, `its scripts come to ${Math.ceil(size / 1024)} KB, and a resource of Azure may have ${LARGEST_RESOURCE / 1024}`, 'render it for Packer with --source azure-arm');
}
