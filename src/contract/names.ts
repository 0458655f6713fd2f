/**
 * Names of parameters that constructs declare and the runtime writes. Frozen by test: renaming one orphans what is deployed.
 *
 * Channels live under `/imagebuilder/`, because the service-linked role of EC2 Image Builder may read parameters only there
 * (AWS managed policy `AWSServiceRoleForImageBuilder`).
 */
export const PARAMETER_ROOT = '/imagebuilder/golden-images';
export const FLEET_ROOT = '/golden-images';

/**
 * Name of a recipe, pipeline or component, which Image Builder knows by one flat name. Neither part holds two hyphens in a row: so no
 * name belongs to two namespaces, and what matches `prod--*` is never of `prod-eu`.
 */
export const qualifiedName = (namespace: string, name: string): string => `${namespace}--${name}`;

export const channelParameterName = (namespace: string, image: string, channel: string): string =>
  `${PARAMETER_ROOT}/${namespace}/${image}/${channel}`;

/**
 * Holds the AMI of a parent that is looked up: under `/imagebuilder/`, where Image Builder may read it, and one level deeper than channels. What is
 * looked up otherwise is another parameter, so that a deploy starts from what it asks for.
 */
export const lookupParameterName = (namespace: string, hash: string): string => `${PARAMETER_ROOT}/${namespace}/parents/lookups/${hash}`;

/** The release document stands beside the channel's parameter. */
export const releaseDocumentName = (channelParameter: string): string => `${channelParameter}/release`;

export const fleetParameterName = (namespace: string, fleet: string): string => `${FLEET_ROOT}/${namespace}/fleets/${fleet}/image`;

export const fleetStatusName = (namespace: string, fleet: string): string => `${FLEET_ROOT}/${namespace}/fleets/${fleet}/status`;

/** While this parameter's value is `paused`, no controller does anything. */
export const pauseParameterName = (namespace: string): string => `${FLEET_ROOT}/${namespace}/pause`;

/** Holds the URL at which operators' commands are taken; it exists where a stack has something to command. */
export const operatorUrlParameterName = (namespace: string): string => `${FLEET_ROOT}/${namespace}/operator-url`;

/** Holds the ARN of the function that takes operators' commands, in the place of a URL. */
export const operatorFunctionParameterName = (namespace: string): string =>
  `${FLEET_ROOT}/${namespace}/operator-function`;

/** Outputs of a stack that has something to command: one of them. */
export const OPERATOR_URL_OUTPUT = 'GoldenImagesOperatorUrl';
export const OPERATOR_FUNCTION_OUTPUT = 'GoldenImagesOperatorFunction';

/** Output of a stack with images: ARN of the table that holds its ledger, for stacks of other apps that follow its channels. */
export const LEDGER_OUTPUT = 'GoldenImagesLedgerTableArn';

/** Name under which it is exported to other stacks of the app; unique, as namespaces are, in an account and region. */
export const ledgerExport = (namespace: string): string => `golden-images:${namespace}:ledger`;

/** The alias of the operator function that only its URL is on: what comes by it was verified by AWS. */
export const OPERATOR_ALIAS = 'signed';

/**
 * Aliases of the operator function for direct invocations. AWS does not tell a function who invokes it, but by which alias, and IAM keeps aliases
 * apart ("Fine-tuning the Resources and Conditions sections of policies", AWS Lambda Developer Guide): so each stands for one image, and nothing
 * in a request says which. Names of images hold no underscore.
 */
export const registerAlias = {
  /** Builds of the project of an image. */
  build: (image: string): string => `build_${image}`,
  /** Whoever may invoke it. */
  direct: (image: string): string => `direct_${image}`,
  /** Whoever may invoke it, and may say that AMIs were tested. */
  tested: (image: string): string => `tested_${image}`,
} as const;

/** Keys of the ledger. */
export const ledgerKey = {
  registry: (namespace: string): string => `registry#${namespace}`,
  image: (namespace: string, image: string): string => `image#${namespace}#${image}`,
  fleet: (namespace: string, fleet: string): string => `fleet#${namespace}#${fleet}`,
  /** What was registered as versions of an image. */
  registrations: (namespace: string, image: string): string => `registrations#${namespace}#${image}`,
  /** What a manifest said beside the AMIs, by the hash of its content. */
  customData: (namespace: string, image: string, hash: string): string => `custom-data#${namespace}#${image}#${hash}`,
  /** The copy of an AMI that another account owns. */
  amiCopy: (namespace: string, image: string, region: string, ami: string): string => `ami-copy#${namespace}#${image}#${region}#${ami}`,
  /** What deploys declared a launch template to be. */
  template: (namespace: string, templateId: string): string => `template#${namespace}#${templateId}`,
  /** What a parameter of ours was last asked to hold: what it holds else, somebody else has written. */
  published: (parameter: string): string => `published#${parameter}`,
  /** What a controller asked Parameter Store to write as a pointer, and when. */
  pointer: (parameter: string): string => `pointer#${parameter}`,
  /** Looks at an image or a fleet that fail one after the other. */
  trouble: (look: string): string => `trouble#${look}`,
  /** The parameters that the stack's seed looks after. */
  seeds: 'seeds',
};

/** Tag that marks what a controller made (launch template versions, images): its value is `<namespace>/<image or fleet>`. */
export const OWNER_TAG = 'golden-images:owner';

/** Output of a stack in which `golden-images disk import` reads where disks go: a document of `bucket`, `role`, and perhaps `key` and `infrastructure`. */
export const DISK_IMPORT_OUTPUT = 'GoldenImagesDiskImport';
