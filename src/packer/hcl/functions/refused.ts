import { coping, type FunctionTable } from './call';

const SECRETS = 'declare a variable with sensitive = true, and bind it to a secret of Secrets Manager';

/** Functions that Packer has and that make no sense here: why, and what to do instead. */
export const REFUSED_FUNCTIONS: Readonly<Record<string, { readonly why: string; readonly fix: string }>> = {
  vault: { why: 'secrets are not read from Vault', fix: SECRETS },
  consul_key: { why: 'values are not read from Consul', fix: 'use a variable' },
  aws_secretsmanager: { why: 'secrets are not read while the template is read', fix: SECRETS },
  aws_secretsmanager_raw: { why: 'secrets are not read while the template is read', fix: SECRETS },
  rsadecrypt: { why: 'a private key does not belong into a template', fix: SECRETS },
  env: { why: '"env" is valid in the defaults of variables only, as in Packer', fix: 'declare a variable with default = env("NAME")' },
  bcrypt: { why: 'the result differs each time, so the image would be built anew at each synthesis', fix: 'hash the value once, and pass it as a variable' },
  base64gzip: { why: 'the result depends on the version of the compressor', fix: 'upload the file, and unpack it in a provisioner' },
};

export const refused: FunctionTable = Object.fromEntries(
  Object.entries(REFUSED_FUNCTIONS).map(([name, { why, fix }]) => [name, coping(0, Infinity, (call) => call.fail(why, fix))]),
);
