import { AwsError, NotModelled } from '../kernel';

const s3 = (logs: string): string[] => ['enabled', 'bucket', 'prefix'].map((name) => `${logs}.s3.${name}`);

const COMMON = ['deletion_protection.enabled', 'load_balancing.cross_zone.enabled', 'ipv6.deny_all_igw_traffic', 'zonal_shift.config.enabled', ...s3('access_logs')];

/** The attributes that a type of load balancer has (API reference, LoadBalancerAttribute). Only deletion protection has an effect here. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  application: [
    ...COMMON, ...s3('connection_logs'), ...s3('health_check_logs'), 'idle_timeout.timeout_seconds', 'client_keep_alive.seconds', 'routing.http.desync_mitigation_mode',
    'routing.http.drop_invalid_header_fields.enabled', 'routing.http.preserve_host_header.enabled', 'routing.http.x_amzn_tls_version_and_cipher_suite.enabled',
    'routing.http.xff_client_port.enabled', 'routing.http.xff_header_processing.mode', 'routing.http2.enabled', 'waf.fail_open.enabled',
  ],
  network: [...COMMON, 'dns_record.client_routing_policy', 'secondary_ips.auto_assigned.per_subnet'],
};

/** Refuses an attribute that this type of load balancer does not have (the message: hashicorp/terraform-provider-aws issue 23971). */
export function requireLoadBalancerAttribute(type: string, key: string): void {
  const known = KNOWN[type];
  if (!known) throw new NotModelled(`attributes of load balancers of type ${type}`);
  if (!known.includes(key)) throw new AwsError('ValidationError', `Load balancer attribute key '${key}' is not recognized`);
}
