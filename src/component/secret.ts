import { Aws, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IStringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { InvalidInputError } from '../private/errors';

/** Options of `RuntimeSecret.secretsManager`. */
export interface SecretsManagerOptions {
  /**
   * One field of a secret whose value is a JSON object.
   *
   * @default - the whole value
   */
  readonly jsonField?: string;
}

/** Options of `RuntimeSecret.parameter`. */
export interface SecretParameterOptions {
  /**
   * The customer key that encrypts the parameter; reading with it is granted.
   *
   * @default - the key of the account for Parameter Store, which needs no grant
   */
  readonly encryptionKey?: IKey;
}

/** Where secrets are kept. */
export enum SecretStore {
  /** AWS Secrets Manager. */
  SECRETS_MANAGER = 'Secrets Manager',
  /** A SecureString of Systems Manager Parameter Store. */
  PARAMETER_STORE = 'Parameter Store',
}

/** A secret, as a script fetches it. */
export interface RuntimeSecretConfig {
  /** Where it is kept. */
  readonly store: SecretStore;

  /** ARN of the secret, or name of the parameter. */
  readonly secretId: string;

  /** Region in which it is kept. */
  readonly region: string;

  /**
   * Field of a JSON object.
   *
   * @default - the whole value
   */
  readonly jsonField?: string;
}

/**
 * A secret that the instance fetches when it needs it: neither the template nor the component's document ever holds its value, only where
 * it is kept. Binding grants the instance's role to read this one secret, and to decrypt with its key.
 */
export abstract class RuntimeSecret {
  /** A secret of AWS Secrets Manager, a text. */
  public static secretsManager(secret: ISecret, options: SecretsManagerOptions = {}): RuntimeSecret {
    return new SecretsManagerSecret(secret, options.jsonField);
  }

  /** A parameter of Systems Manager Parameter Store, mostly a SecureString (`StringParameter.fromSecureStringParameterAttributes`). */
  public static parameter(parameter: IStringParameter, options: SecretParameterOptions = {}): RuntimeSecret {
    return new ParameterSecret(() => ({ name: parameter.parameterName, arn: parameter.parameterArn, region: parameter.env.region }), options);
  }

  /** A parameter of the stack's account and region, by its name. */
  public static parameterName(name: string, options: SecretParameterOptions = {}): RuntimeSecret {
    return new ParameterSecret((scope) => namedParameter(scope, name), options);
  }

  /** Called by the step that uses it; grants the reader this secret and nothing else. */
  public abstract bind(scope: Construct, reader: IGrantable): RuntimeSecretConfig;
}

/**
 * `kms:ViaService` is the endpoint of the service, in China under another domain (kubernetes/kops#18363 has it so).
 * By the policy of the reader alone: one of the key would tie the stack of the key to that of the image. Keys whose policy does not leave
 * that to the account need the reader in it.
 */
function grantDecrypt(reader: IGrantable, key: IKey | undefined, endpoint: string): void {
  if (key !== undefined) {
    const conditions = { StringEquals: { 'kms:ViaService': `${endpoint}.${Aws.URL_SUFFIX}` } };
    Grant.addToPrincipal({ grantee: reader, actions: ['kms:Decrypt'], resourceArns: [key.keyArn], conditions });
  }
}

class SecretsManagerSecret extends RuntimeSecret {
  public constructor(private readonly secret: ISecret, private readonly jsonField?: string) {
    super();
  }

  public bind(_scope: Construct, reader: IGrantable): RuntimeSecretConfig {
    const { secretArn, secretFullArn, encryptionKey, env: { region } } = this.secret;
    // The service adds six characters to the names of secrets.
    const arn = secretFullArn ?? `${secretArn}-??????`;
    Grant.addToPrincipal({ grantee: reader, actions: ['secretsmanager:GetSecretValue'], resourceArns: [arn] });
    grantDecrypt(reader, encryptionKey, `secretsmanager.${region}`);
    return { store: SecretStore.SECRETS_MANAGER, secretId: secretArn, region, jsonField: this.jsonField };
  }
}

interface Parameter {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
}

class ParameterSecret extends RuntimeSecret {
  public constructor(private readonly parameterOf: (scope: Construct) => Parameter, private readonly options: SecretParameterOptions) {
    super();
  }

  public bind(scope: Construct, reader: IGrantable): RuntimeSecretConfig {
    const { name, arn, region } = this.parameterOf(scope);
    Grant.addToPrincipal({ grantee: reader, actions: ['ssm:GetParameter'], resourceArns: [arn] });
    grantDecrypt(reader, this.options.encryptionKey, `ssm.${region}`);
    return { store: SecretStore.PARAMETER_STORE, secretId: name, region };
  }
}

function namedParameter(scope: Construct, name: string): Parameter {
  if (!/^[A-Za-z0-9_./-]+$/.test(name)) {
    throw new InvalidInputError(scope, {
      what: `'${name}' is no name of a parameter`,
      expected: 'letters, digits, dots, dashes, underscores and slashes',
      fix: 'correct it; for one that is known only while deploying use RuntimeSecret.parameter',
    });
  }
  const stack = Stack.of(scope);
  return { name, region: stack.region, arn: stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: name.replace(/^\//, '') }) };
}
