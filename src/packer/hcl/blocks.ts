/** The blocks of a template, and what is read of them. */
export const TEMPLATE_BLOCKS: Readonly<Record<string, string>> = {
  packer: 'its version; plugins are not run',
  variable: 'read; used or not, a default may call `env`',
  variables: 'read',
  local: 'read where it is used',
  locals: 'read where they are used',
  source: 'read where a build names it',
  build: 'read',
  data: '`amazon-ami` and `amazon-parameterstore` are references; of others, values are given',
  communicator: 'not read: builds need none',
};

/** The blocks of a build. */
export const BUILD_BLOCKS: Readonly<Record<string, string>> = {
  'source': 'a builder with settings of this build',
  'provisioner': 'read, in order',
  'post-processor': 'read',
  'post-processors': 'read, as a chain',
  'error-cleanup-provisioner': 'read',
  'hcp_packer_registry': 'not taken over, with a warning: the registry of images does the same',
};
