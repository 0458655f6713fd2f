import { Duration, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { PackerBuildProps } from './packer-build-props';
import type { ConnectionConfig } from './packer-connection';
import { InvalidInputError } from '../../private/errors';
import type { Channel } from '../../release/channel';

/** What can be wrong with a build by Packer, before anything is made of it. */
export function checkBuild(
  scope: IConstruct, props: PackerBuildProps, connection: ConnectionConfig, timeout: Duration, parent: Channel | undefined,
): void {
  const refuse = (what: string, expected: string, fix: string): never => { throw new InvalidInputError(scope, { what, expected, fix }); };
  const minutes = timeout.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < 30 || minutes > 2160) {
    refuse(`the timeout is ${timeout.toHumanString()}`, 'whole minutes, 30 minutes to 36 hours', 'change timeout');
  }
  if (props.parentVariable !== undefined && !parent) {
    refuse(`parentVariable is '${props.parentVariable}', and the image has no parent`, 'an image with a parent', 'give the RegisteredImage its parent');
  }
  if (connection.ingress && !props.vpc) {
    refuse(`the connection by ${connection.ingress.protocol} has no vpc`, 'the vpc in which build and instance meet', 'give the build its vpc');
  }
  if (connection.sessionManagerPlugin && !props.instanceProfile) {
    refuse('the connection by Systems Manager has no instanceProfile', 'one whose role may open the channels of Session Manager (docs/guides/register.md), which the template names', 'give the build its instanceProfile');
  }
  if (props.subnets && !props.vpc) { refuse('subnets are given without a vpc', 'both or neither', 'give the vpc of the subnets'); }
  checkVariables(props, connection, refuse);
  checkPaths(props, refuse);
  for (const { address } of props.plugins ?? []) {
    if (!/^[\w.-]+(?:\/[\w.-]+){2,}$/.test(address)) { refuse(`the address '${address}' of a plugin is not valid`, 'host/owner/name, such as github.com/hashicorp/amazon', 'correct it'); }
  }
}

type Refuse = (what: string, expected: string, fix: string) => never;

/** A variable that is given twice would have the value that Packer reads last. */
function checkVariables(props: PackerBuildProps, { ingress }: ConnectionConfig, refuse: Refuse): void {
  const { variables = {}, secretVariables = {}, parentVariable } = props;
  const names = [
    ...Object.keys(variables), ...Object.keys(secretVariables), ...(parentVariable === undefined ? [] : [parentVariable]),
    ...(ingress ? [ingress.securityGroupVariable] : []),
  ];
  const invalid = names.find((name) => !/^[A-Za-z_][\w-]*$/.test(name));
  if (invalid !== undefined) { refuse(`'${invalid}' is no name of a variable`, 'letters, digits, underscores and hyphens, a letter first', 'correct it'); }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) { refuse(`the variable '${twice}' is given twice`, 'each variable once', 'remove one of them'); }
}

function checkPaths({ templatePath, manifestPath }: PackerBuildProps, refuse: Refuse): void {
  for (const path of [templatePath, manifestPath]) {
    if (path !== undefined && !Token.isUnresolved(path) && !/^(?![/-])(?!(?:.*\/)?\.\.(?:\/|$)).+$/.test(path)) {
      refuse(`the path '${path}' leads out of the template's folder`, 'a relative path below it', 'correct it');
    }
  }
}
