import type { ProtocolName } from './protocol/protocol';

/** Where the schemas of a service come from: the SDK client of that service, loaded at first use. */
export interface ClientPackage {
  readonly load: () => Promise<object>;
  /** How this service speaks where the request does not say it (see `protocolOf`). */
  readonly protocol: ProtocolName;
}

/** By signing name. A service whose client is not installed is not served. */
export const clientPackages: Readonly<Record<string, ClientPackage>> = {
  autoscaling: { protocol: 'query', load: () => import('@aws-sdk/client-auto-scaling') },
  cloudformation: { protocol: 'query', load: () => import('@aws-sdk/client-cloudformation') },
  dynamodb: { protocol: 'json', load: () => import('@aws-sdk/client-dynamodb') },
  ec2: { protocol: 'ec2', load: () => import('@aws-sdk/client-ec2') },
  ecr: { protocol: 'json', load: () => import('@aws-sdk/client-ecr') },
  elasticloadbalancing: { protocol: 'query', load: () => import('@aws-sdk/client-elastic-load-balancing-v2') },
  events: { protocol: 'json', load: () => import('@aws-sdk/client-eventbridge') },
  iam: { protocol: 'query', load: () => import('@aws-sdk/client-iam') },
  imagebuilder: { protocol: 'restJson', load: () => import('@aws-sdk/client-imagebuilder') },
  kms: { protocol: 'json', load: () => import('@aws-sdk/client-kms') },
  lambda: { protocol: 'restJson', load: () => import('@aws-sdk/client-lambda') },
  monitoring: { protocol: 'json', load: () => import('@aws-sdk/client-cloudwatch') },
  s3: { protocol: 'restXml', load: () => import('@aws-sdk/client-s3') },
  scheduler: { protocol: 'restJson', load: () => import('@aws-sdk/client-scheduler') },
  sns: { protocol: 'query', load: () => import('@aws-sdk/client-sns') },
  sqs: { protocol: 'json', load: () => import('@aws-sdk/client-sqs') },
  ssm: { protocol: 'json', load: () => import('@aws-sdk/client-ssm') },
  sts: { protocol: 'query', load: () => import('@aws-sdk/client-sts') },
};
