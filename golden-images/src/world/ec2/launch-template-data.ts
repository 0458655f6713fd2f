import { AwsError, NotModelled, refuseUnknown, type Properties } from '../kernel';

/** Members of a structure; `true` stands for a value of any kind, a table for a structure or a list of structures. */
interface Members {
  readonly [name: string]: true | Members;
}

const values = (...names: string[]): Members => Object.fromEntries(names.map((name) => [name, true as const]));

const range = values('Min', 'Max');

const requirements: Members = {
  ...values('CpuManufacturers', 'SpotMaxPricePercentageOverLowestPrice', 'MaxSpotPriceAsPercentageOfOptimalOnDemandPrice', 'ExcludedInstanceTypes',
    'AllowedInstanceTypes', 'InstanceGenerations', 'OnDemandMaxPricePercentageOverLowestPrice', 'BareMetal', 'BurstablePerformance',
    'RequireHibernateSupport', 'LocalStorage', 'LocalStorageTypes', 'AcceleratorTypes', 'AcceleratorManufacturers', 'AcceleratorNames'),
  VCpuCount: range,
  MemoryMiB: range,
  MemoryGiBPerVCpu: range,
  NetworkInterfaceCount: range,
  TotalLocalStorageGB: range,
  BaselineEbsBandwidthMbps: range,
  AcceleratorCount: range,
  AcceleratorTotalMemoryMiB: range,
  NetworkBandwidthGbps: range,
};

/**
 * Members of `LaunchTemplateData` that a launch honors, or that change nothing in this model (network cards, monitoring, …), by
 * their names in RequestLaunchTemplateData of the EC2 API.
 */
const data: Members = {
  ...values('ImageId', 'InstanceType', 'SecurityGroupIds', 'UserData', 'KeyName', 'EbsOptimized', 'InstanceInitiatedShutdownBehavior',
    'DisableApiTermination', 'DisableApiStop'),
  IamInstanceProfile: values('Arn', 'Name'),
  MetadataOptions: values('HttpTokens', 'HttpPutResponseHopLimit', 'HttpEndpoint', 'HttpProtocolIpv6', 'InstanceMetadataTags'),
  TagSpecifications: { ResourceType: true, Tags: values('Key', 'Value') },
  BlockDeviceMappings: {
    ...values('DeviceName', 'VirtualName', 'NoDevice'),
    Ebs: values('Encrypted', 'DeleteOnTermination', 'Iops', 'KmsKeyId', 'SnapshotId', 'VolumeSize', 'VolumeType', 'Throughput'),
  },
  NetworkInterfaces: values('AssociatePublicIpAddress', 'DeleteOnTermination', 'Description', 'DeviceIndex', 'Groups', 'InterfaceType', 'Ipv6AddressCount',
    'NetworkCardIndex', 'SubnetId'),
  Monitoring: values('Enabled'),
  CreditSpecification: values('CpuCredits'),
  CpuOptions: values('CoreCount', 'ThreadsPerCore', 'AmdSevSnp'),
  HibernationOptions: values('Configured'),
  EnclaveOptions: values('Enabled'),
  PrivateDnsNameOptions: values('HostnameType', 'EnableResourceNameDnsARecord', 'EnableResourceNameDnsAAAARecord'),
  Placement: values('AvailabilityZone', 'Affinity', 'GroupName', 'GroupId', 'HostId', 'HostResourceGroupArn', 'PartitionNumber', 'SpreadDomain', 'Tenancy'),
  MaintenanceOptions: values('AutoRecovery'),
  InstanceMarketOptions: {
    MarketType: true,
    SpotOptions: values('MaxPrice', 'SpotInstanceType', 'BlockDurationMinutes', 'ValidUntil', 'InstanceInterruptionBehavior'),
  },
  InstanceRequirements: requirements,
};

/** Refuses template data with a member that is not modelled, however deep, by its path; and what EC2 would refuse. */
export function requireModelled(input: Properties | undefined): Properties {
  refuse('ec2 LaunchTemplateData', input, data);
  if (!input || Object.keys(input).length === 0) throw new AwsError('MissingParameter', 'The request must contain the parameter LaunchTemplateData');
  requireUserData(input.UserData);
  return { ...input };
}

/**
 * User data comes in base64 with its padding. Regions differ in whether they take it without; the strict ones answer so
 * (hashicorp/terraform issue 25169, rancher/eks-operator pull request 33).
 */
export function requireUserData(userData: unknown): void {
  if (userData === undefined || /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(String(userData).replace(/\s/g, ''))) return;
  throw new AwsError('InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.');
}

function refuse(path: string, value: unknown, members: Members): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) return value.forEach((each) => refuse(path, each, members));
  if (typeof value !== 'object') throw new NotModelled(`${path} that is no structure`);
  refuseUnknown(path, value, Object.keys(members));
  for (const [name, known] of Object.entries(members)) if (known !== true) refuse(`${path}.${name}`, (value as Properties)[name], known);
}
