import type { Plan } from '../plan/plan';

interface Parameter {
  readonly type: 'string' | 'int' | 'array';
  readonly defaultValue?: unknown;
  readonly metadata: { readonly description: string };
}

const of = (type: Parameter['type'], description: string, defaultValue?: unknown): Parameter => ({ type, ...defaultValue === undefined ? {} : { defaultValue }, metadata: { description } });

/** What differs from site to site. */
export function parametersOf({ image, language, lineage }: Plan, usesFiles: boolean): Record<string, Parameter> {
  const windows = language.name === 'powershell';
  const start = `In AWS the image starts from ${lineage[0]!.parent}.`;
  return {
    imageTemplateName: of('string', 'Name of the image template.', image.qualifiedName),
    location: of('string', 'Region of the template.', '[resourceGroup().location]'),
    identityId: of('string', 'Id of the user-assigned managed identity that builds and distributes.'),
    galleryImageId: of('string', 'Id of the image definition in an Azure Compute Gallery that gets the versions.'),
    replicationRegions: of('array', 'Regions that get a version.', ['[resourceGroup().location]']),
    sourcePublisher: of('string', `Publisher of the parent image. ${start}`, windows ? 'MicrosoftWindowsServer' : undefined),
    sourceOffer: of('string', 'Offer of the parent image.', windows ? 'WindowsServer' : undefined),
    sourceSku: of('string', 'SKU of the parent image.', windows ? '2022-datacenter-g2' : undefined),
    sourceVersion: of('string', 'Version of the parent image.', 'latest'),
    vmSize: of('string', 'Size of the build machine.', 'Standard_D2s_v3'),
    osDiskSizeGB: of('int', 'Size of its disk; 0 is that of the parent image.', 0),
    buildTimeoutInMinutes: of('int', 'Limit of the whole build.', 240),
    ...usesFiles ? { storageBaseUrl: of('string', 'Address under which the folders assets and objects lie, without a slash at its end.') } : {},
  };
}
