import { SecretStore, type RuntimeSecretConfig } from './secret';
import { bashQuoted, powershellQuoted } from './step/quoting';

/** A secret, and the environment variable that gets it. */
export interface SecretVariable extends RuntimeSecretConfig {
  readonly variable: string;
}

/** JSON comes by standard input: arguments of a program can be seen by every process. */
const FIELD = [
  'import json, sys',
  'value = json.load(sys.stdin)[sys.argv[1]]',
  'sys.stdout.write(value if isinstance(value, str) else json.dumps(value))',
].join('\n');

/** Fetches secrets by the AWS CLI. `export` in one line with it would hide its failure. */
export const bashFetch = (secrets: SecretVariable[]): string[] => [
  'set +x',
  "command -v aws >/dev/null || fail 'the AWS CLI is not on this instance: put the component aws-cli-version-2-linux before this one'",
  ...secrets.some(({ jsonField }) => jsonField !== undefined)
    ? ["command -v python3 >/dev/null || fail 'Python 3 is not on this instance: it reads fields of secrets'"]
    : [],
  ...secrets.flatMap((secret) => [
    `${secret.variable}=$(${bashCommand(secret)}) || fail ${bashQuoted(`the secret for ${secret.variable} cannot be read${field(secret)}`)}`,
    `[ -n "$${secret.variable}" ] || fail 'the secret for ${secret.variable} is empty'`,
    `export ${secret.variable}`,
  ]),
];

const field = ({ jsonField }: SecretVariable): string => (jsonField === undefined ? '' : `, or is no JSON object with the field ${jsonField}`);

function bashCommand({ store, secretId, region, jsonField }: SecretVariable): string {
  const place = `--region ${bashQuoted(region)} --output text`;
  const command = store === SecretStore.SECRETS_MANAGER
    ? `aws secretsmanager get-secret-value --secret-id ${bashQuoted(secretId)} --query SecretString ${place}`
    : `aws ssm get-parameter --name ${bashQuoted(secretId)} --with-decryption --query Parameter.Value ${place}`;
  return jsonField === undefined ? command : `${command} | python3 -c ${bashQuoted(FIELD)} ${bashQuoted(jsonField)} 2>/dev/null`;
}

/** Fetches secrets by AWS Tools for PowerShell. */
export const powershellFetch = (secrets: SecretVariable[]): string[] => [
  'Set-PSDebug -Off',
  ...new Set(secrets.map(({ store }) => needed(store))),
  ...secrets.flatMap((secret) => [
    `$secret = ${powershellCommand(secret)}`,
    ...secret.jsonField === undefined ? [] : [powershellField(secret.variable, secret.jsonField)],
    `$env:${secret.variable} = $secret`,
    `if (-not $env:${secret.variable}) { throw 'the secret for ${secret.variable} is empty' }`,
  ]),
];

const needed = (store: SecretStore): string => {
  const cmdlet = store === SecretStore.SECRETS_MANAGER ? 'Get-SECSecretValue' : 'Get-SSMParameter';
  return `if (-not (Get-Command ${cmdlet} -ErrorAction SilentlyContinue)) `
    + `{ throw 'AWS Tools for PowerShell are not on this instance: ${cmdlet} is missing' }`;
};

/** The message of ConvertFrom-Json would show what is no JSON. */
const powershellField = (variable: string, name: string): string =>
  `try { $secret = ($secret | ConvertFrom-Json).(${powershellQuoted(name)}) } catch { throw 'the secret for ${variable} is no JSON object' }`;

function powershellCommand({ store, secretId, region }: SecretVariable): string {
  const place = `-Region ${powershellQuoted(region)}`;
  return store === SecretStore.SECRETS_MANAGER
    ? `(Get-SECSecretValue -SecretId ${powershellQuoted(secretId)} ${place}).SecretString`
    : `(Get-SSMParameter -Name ${powershellQuoted(secretId)} -WithDecryption $true ${place}).Value`;
}
