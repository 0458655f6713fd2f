import { Token } from 'aws-cdk-lib';
import type { InstanceArchitecture } from 'aws-cdk-lib/aws-ec2';
import type { IConstruct } from 'constructs';
import { knownAs, type ParentBinding } from './binding';
import { withDefaults } from './given';
import { knownVersion } from './known';
import { AmiOrder, type AmiFilter, type ParentLookupOptions } from './options';
import { OperatingSystemFamily, OperatingSystemVersion } from '../../platform';
import { InvalidInputError } from '../../private/errors';

/** A parent of which owner and names are known; the image that stands on it makes the parameter. */
export const lookupParent = ({ owner, names, newestBy, ...options }: ParentLookupOptions): ParentBinding => knownAs(options, (scope) => {
  const amiFilter = { owner: checkOwner(scope, owner), names: checkNames(scope, names), newestBy };
  return withDefaults(scope, options, { parentImage: `AMI of ${owner} named ${names.join(' or ')}`, amiFilter });
});

function checkOwner(scope: IConstruct, owner: string): string {
  if (!Token.isUnresolved(owner) && !/^(?:\d{12}|self|amazon)$/.test(owner)) {
    throw new InvalidInputError(scope, {
      what: `the owner '${owner}' is not valid`,
      expected: 'an account of 12 digits, amazon or self, because anybody may publish an AMI of any name',
      fix: owner === 'aws-marketplace' ? 'take ParentImage.fromMarketplace for a product of AWS Marketplace' : 'correct the owner',
    });
  }
  return owner;
}

/** Wildcards alone are any AMI of the owner. EC2 API reference, CreateImage (names), DescribeImages (wildcards). */
const isName = (name: string): boolean => /^[\w()[\] ./'@*?-]{3,128}$/.test(name) && name.replace(/[*?]/g, '').length >= 3;

function checkNames(scope: IConstruct, names: AmiFilter['names']): string[] {
  const wrong = names.find((name) => !Token.isUnresolved(name) && !isName(name));
  if (names.length > 200) {
    throw new InvalidInputError(scope, { what: `there are ${names.length} names`, expected: '200 names at the most, as EC2 takes values of a filter', fix: 'use wildcards' });
  }
  if (wrong !== undefined || names.length === 0) {
    throw new InvalidInputError(scope, {
      what: wrong === undefined ? 'names are missing' : `the name '${wrong}' is not valid`,
      expected: 'names of AMIs of 3 to 128 characters, with three or more beside * and ?',
      fix: wrong === undefined ? 'say what the AMI is called' : 'correct the name',
    });
  }
  return names;
}

interface Vendor {
  readonly product: string;
  readonly family: OperatingSystemFamily;
  readonly owner: string;
  readonly names: (version: string) => string[];
}

/** Major versions that are offered; a minor version may stand behind. */
const MAJORS = ['8', '9', '10'];

/** assumption: vendor-root-devices. Owners: Red Hat customer portal, solution 15356; rockylinux.org/download; wiki.almalinux.org/cloud/AWS. */
export const RED_HAT: Vendor = {
  product: 'Red Hat Enterprise Linux',
  family: OperatingSystemFamily.RED_HAT_ENTERPRISE_LINUX,
  owner: '309956199498',
  // Not `_HVM_BETA-`; `Hourly2` are billed by the hour, `Access2` need subscriptions.
  names: (version) => ['HVM', 'HVM_GA'].map((kind) => `RHEL-${version}.*_${kind}-*-Hourly2-GP3`),
};
export const ROCKY: Vendor = {
  product: 'Rocky Linux',
  family: OperatingSystemFamily.ROCKY_LINUX,
  owner: '792107900819',
  names: (version) => [`Rocky-${version.split('.')[0]}-EC2-Base-${version}${version.includes('.') ? '-' : '.'}*`],
};
export const ALMA: Vendor = {
  product: 'AlmaLinux',
  family: OperatingSystemFamily.ALMA_LINUX,
  owner: '764336703387',
  names: (version) => [`AlmaLinux OS ${version}.*`],
};

/** By the highest version in the name: vendors refresh older minor versions after newer ones. */
export const vendorParent = (
  { product, family, owner, names }: Vendor, osVersion: OperatingSystemVersion, architecture: InstanceArchitecture,
): ParentBinding => {
  // assumption: vendor-root-devices
  const options = { architecture, osVersion, rootDeviceName: '/dev/sda1', newestBy: AmiOrder.NAME };
  const parent = lookupParent({ owner, names: names(osVersion.version), ...options });
  return knownAs(parent.known, (scope) => {
    knownVersion(scope, product, MAJORS, OperatingSystemVersion.of(osVersion.family, osVersion.version.split('.')[0]!), family);
    return parent(scope);
  });
};
