import { Customizers } from './customizers';
import { checkResource } from './limits';
import { parametersOf } from './parameters';
import { text, type Files } from '../files';
import type { Plan } from '../plan/plan';
import { brief, NotRendered, Refused } from '../refusal';

/** The newest that the template reference of Microsoft.VirtualMachineImages/imageTemplates has. */
const API_VERSION = '2024-02-01';

const parameter = (name: string): string => `[parameters('${name}')]`;

/** An image as a template of Azure Resource Manager, with the files that belong into a storage account. */
export function azureFiles(plan: Plan): Files {
  const files: Files = new Map();
  const customizers = new Customizers(plan, files);
  try {
    const resource = imageTemplate(plan, customizers);
    checkResource({ component: plan.image.qualifiedName }, resource);
    const usesFiles = files.size > 0 || customizers.objects.size > 0;
    files.set('template.json', text(`${JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      metadata: { description: `Rendered from the image ${plan.image.qualifiedName} of stack ${plan.image.stack.name}: change it there.` },
      parameters: parametersOf(plan, usesFiles),
      resources: [resource],
    }, undefined, 2)}\n`));
  } catch (error) {
    throw error instanceof Refused ? new NotRendered([error]) : error;
  }
  testScripts(plan, files);
  return files;
}

/** What whoever builds must know of such a template. */
export function azureNotices(plan: Plan, files: Files): string[] {
  return [
    ...[...files.keys()].some((each) => each.startsWith('assets/')) ? ['put the folder assets where storageBaseUrl says; the managed identity must be allowed to read there (Storage Blob Data Reader)'] : [],
    ...plan.test.length > 0 ? ['Azure Image Builder has no test phase: its scripts lie in test/, for a machine that is started from the image'] : [],
  ];
}

function imageTemplate(plan: Plan, customizers: Customizers): object {
  const customize = customizers.of(plan.build);
  const inVMValidations = customizers.validations(plan.validate);
  return {
    type: 'Microsoft.VirtualMachineImages/imageTemplates',
    apiVersion: API_VERSION,
    name: parameter('imageTemplateName'),
    location: parameter('location'),
    tags: { 'golden-images': plan.image.qualifiedName },
    identity: { type: 'UserAssigned', userAssignedIdentities: { "[parameters('identityId')]": {} } },
    properties: {
      buildTimeoutInMinutes: parameter('buildTimeoutInMinutes'),
      vmProfile: { vmSize: parameter('vmSize'), osDiskSizeGB: parameter('osDiskSizeGB') },
      source: {
        type: 'PlatformImage',
        publisher: parameter('sourcePublisher'),
        offer: parameter('sourceOffer'),
        sku: parameter('sourceSku'),
        version: parameter('sourceVersion'),
      },
      customize,
      ...inVMValidations.length === 0 ? {} : { validate: { continueDistributeOnFailure: false, inVMValidations } },
      distribute: [{
        type: 'SharedImage',
        runOutputName: plan.image.name,
        galleryImageId: parameter('galleryImageId'),
        replicationRegions: parameter('replicationRegions'),
        artifactTags: { 'golden-images': plan.image.qualifiedName },
      }],
    },
  };
}

/** Scripts of the test phase, which whoever builds runs on a machine that was started from the image. */
function testScripts(plan: Plan, files: Files): void {
  plan.test.forEach((operation, index) => {
    if (operation.kind !== 'script') return;
    const { at, script } = operation;
    const name = `${at.component.replace(/^.*--/, '')}-${at.step}`.replace(/[^A-Za-z0-9]+/g, '-');
    const content = plan.language.text(script, brief(at), { retries: false, timeouts: true });
    files.set(`test/${String(index + 1).padStart(3, '0')}-${name}${plan.language.extension}`, text(content));
  });
}
