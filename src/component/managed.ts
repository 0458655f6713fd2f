import { Annotations, Aws, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Binding } from './component';
import { withParameters, type GivenParameters } from './given-parameters';
import { MANAGED_NAMES, RETIRED_NAMES } from './managed-names';
import { Platform } from '../image/platform';
import { InvalidInputError } from '../private/errors';
import { nearest } from '../private/nearest';

/** A component that Amazon maintains. */
export const managed = (name: string, version: string, parameters?: GivenParameters): Binding => (scope, { platform, componentName }) => {
  checkNotNamed(scope, name, componentName);
  checkName(scope, name, platform);
  checkKnown(scope, name);
  checkVersion(scope, name, version);
  const path = `component/${name}/${version}`;
  const componentArn = `arn:${Aws.PARTITION}:imagebuilder:${Aws.REGION}:aws:${path}`;
  return withParameters(scope, { componentName: name, componentArn, content: path }, parameters);
};

function checkNotNamed(scope: Construct, name: string, given: string | undefined): void {
  if (given === undefined) { return; }
  throw new InvalidInputError(scope, {
    what: `the Amazon-managed component '${name}' is given the name '${given}'`,
    expected: 'its own name, because Amazon owns the component',
    fix: 'leave Component.named out',
  });
}

function checkName(scope: Construct, name: string, platform: Platform): void {
  if (!/^[a-z0-9-_]+$/.test(name)) {
    throw new InvalidInputError(scope, {
      what: `the Amazon-managed component '${name}' has no valid name`,
      expected: 'lower-case letters, digits, hyphens and underscores',
      fix: 'use the name that the console lists, such as amazon-cloudwatch-agent-linux',
    });
  }
  const other = platform === Platform.LINUX ? 'windows' : 'linux';
  if (name.endsWith(`-${other}`)) {
    throw new InvalidInputError(scope, {
      what: `the Amazon-managed component '${name}' is not for ${platform}`,
      expected: `a component for ${platform}`,
      fix: `use ${name.replace(/(?:linux|windows)$/, platform.toLowerCase())}`,
    });
  }
}

/** A slip of the pen is refused. A name like none that is known, or of another version of something, may be one that Amazon has added. */
function checkKnown(scope: Construct, name: string): void {
  if (MANAGED_NAMES.has(name) || Token.isUnresolved(name)) { return; }
  const successor = RETIRED_NAMES.get(name);
  if (successor !== undefined) {
    Annotations.of(scope).addWarningV2(
      `cdk-golden-images:managedComponentRetired:${name}`,
      `Amazon has retired the managed component '${name}' and no longer updates it; use ${successor}`,
    );
    return;
  }
  const near = nearest(name, MANAGED_NAMES);
  const unnumbered = (text: string) => text.replace(/\d+/g, '#');
  if (near === undefined || unnumbered(near) === unnumbered(name)) {
    Annotations.of(scope).addWarningV2(
      `cdk-golden-images:managedComponentUnknown:${name}`,
      `the Amazon-managed component '${name}' is not among those that this version knows; a build fails where Amazon does not have it either: `
      + 'aws imagebuilder list-components --owner Amazon',
    );
    return;
  }
  throw new InvalidInputError(scope, {
    what: `the Amazon-managed component '${name}' does not exist`,
    expected: 'a name that aws imagebuilder list-components --owner Amazon lists',
    fix: `did you mean '${near}'?`,
  });
}

function checkVersion(scope: Construct, name: string, version: string): void {
  if (!/^(?:\d+|x)\.(?:\d+|x)\.(?:\d+|x)$/.test(version)) {
    throw new InvalidInputError(scope, {
      what: `the version '${version}' of '${name}' is not numeric`,
      expected: 'three numbers, or x for the newest, such as x.x.x',
      fix: 'correct the version or leave it out',
    });
  }
}
