import { coping, type FunctionTable, type HclFunction } from './call';

const SECRETS = 'declare a variable with sensitive = true, and bind it to a secret of Secrets Manager';

/** Functions that Packer has and that make no sense here, with what to do instead. */
export const refused: FunctionTable = {
  vault: refusal('secrets are not read from Vault', SECRETS),
  consul_key: refusal('values are not read from Consul', 'use a variable'),
  consul: refusal('values are not read from Consul', 'use a variable'),
  aws_secretsmanager: refusal('secrets are not read while the template is read', SECRETS),
  aws_secretsmanager_raw: refusal('secrets are not read while the template is read', SECRETS),
  rsadecrypt: refusal('a private key does not belong into a template', SECRETS),
  env: refusal('"env" is valid in the defaults of variables only, as in Packer', 'declare a variable with default = env("NAME")'),
  bcrypt: refusal('the result differs each time, so the image would be built anew at each synthesis', 'hash the value once, and pass it as a variable'),
  base64gzip: refusal('the result depends on the version of the compressor', 'upload the file, and unpack it in a provisioner'),
  http: refusal('nothing is read over the network', 'pass the value as a variable'),
};

function refusal(what: string, fix: string): HclFunction {
  return coping(0, Infinity, (call) => call.fail(what, fix));
}
