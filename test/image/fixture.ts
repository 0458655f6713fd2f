import { App, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Component, Step } from '../../src/component';
import type { RegistryDocument, SeedParameter } from '../../src/contract';
import { BuildSchedule, ParentImage, PatchedBaseImage, RoleImage } from '../../src/image';

export const newStack = (name = 'Web'): Stack => new Stack(new App({ analyticsReporting: false }), name);

export const newBase = (scope: Construct, id = 'Base'): PatchedBaseImage =>
  new PatchedBaseImage(scope, id, { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });

export const echo = (name = 'Echo', command = 'echo hello'): Component => Component.fromSteps(name, { buildSteps: [Step.bash(command)] });

export const newRole = (scope: Construct, id = 'Role'): RoleImage => new RoleImage(scope, id, { parent: newBase(scope), components: [echo()] });

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
  readonly DependsOn?: string[];
}

/** The template, as it would be deployed. */
export class Synthesized {
  public readonly resources: Record<string, Resource>;
  public readonly warnings: string[];

  public constructor(stack: Stack) {
    const assembly = (stack.node.root as App).synth();
    const artifact = assembly.getStackArtifact(stack.artifactId);
    this.resources = artifact.template.Resources;
    this.warnings = artifact.messages.map(({ entry }) => String(entry.data));
  }

  public ofType(type: string): Resource[] {
    return Object.values(this.resources).filter((resource) => resource.Type === type);
  }

  public named(type: string, name: string): Resource {
    return this.ofType(type).find((resource) => resource.Properties.Name === name)!;
  }

  public get registry(): RegistryDocument {
    return JSON.parse(literal(this.ofType('Custom::GoldenImagesRegistry')[0]!.Properties.Document));
  }

  public get seeds(): SeedParameter[] {
    return JSON.parse(literal(this.ofType('Custom::GoldenImagesSeed')[0]!.Properties.Parameters));
  }

  public component(name: string): string {
    return literal(this.named('AWS::ImageBuilder::Component', name).Properties.Data);
  }
}

/** A text in which what is known only while deploying stands as its own name. */
export function literal(value: any): string {
  if (typeof value === 'string') {
    return value;
  }
  const parts = value['Fn::Join']?.[1] as unknown[] | undefined;
  return parts ? parts.map(literal).join('') : value.Ref ?? value['Fn::Sub'] ?? value['Fn::GetAtt'].join('.');
}
