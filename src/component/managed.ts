import { Aws } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Component, ComponentBindOptions, ComponentConfig } from './component';
import { withParameters, type GivenParameters } from './given-parameters';
import { Platform } from '../image/platform';
import { InvalidInputError } from '../private/errors';

/** A component that Amazon maintains. */
export class ManagedComponent implements Component {
  public constructor(private readonly name: string, private readonly version: string, private readonly parameters?: GivenParameters) {}

  public bind(scope: Construct, options: ComponentBindOptions): ComponentConfig {
    this.check(scope, options.platform);
    const path = `component/${this.name}/${this.version}`;
    const componentArn = `arn:${Aws.PARTITION}:imagebuilder:${Aws.REGION}:aws:${path}`;
    return withParameters(scope, { componentName: this.name, componentArn, content: path }, this.parameters);
  }

  private check(scope: Construct, platform: Platform): void {
    if (!/^[a-z0-9-_]+$/.test(this.name)) {
      throw new InvalidInputError(scope, {
        what: `the Amazon-managed component '${this.name}' has no legal name`,
        expected: 'lower-case letters, digits, hyphens and underscores',
        fix: 'use the name that the console lists, such as amazon-cloudwatch-agent-linux',
      });
    }
    if (!/^(?:\d+|x)\.(?:\d+|x)\.(?:\d+|x)$/.test(this.version)) {
      throw new InvalidInputError(scope, {
        what: `the version '${this.version}' of '${this.name}' is not numeric`,
        expected: 'three numbers, or x for the newest, such as x.x.x',
        fix: 'correct the version or leave it out',
      });
    }
    const other = platform === Platform.LINUX ? 'windows' : 'linux';
    if (this.name.endsWith(`-${other}`)) {
      throw new InvalidInputError(scope, {
        what: `the Amazon-managed component '${this.name}' is not for ${platform}`,
        expected: `a component for ${platform}`,
        fix: `use ${this.name.replace(/(?:linux|windows)$/, platform.toLowerCase())}`,
      });
    }
  }
}
