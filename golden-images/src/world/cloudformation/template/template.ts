/** A template after parsing: what CloudFormation reads of it. */
export interface Template {
  readonly AWSTemplateFormatVersion?: string;
  readonly Description?: string;
  readonly Metadata?: Record<string, unknown>;
  readonly Transform?: unknown;
  readonly Parameters?: Record<string, ParameterDefinition>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Conditions?: Record<string, unknown>;
  readonly Rules?: Record<string, RuleDefinition>;
  readonly Resources: Record<string, ResourceDefinition>;
  readonly Outputs?: Record<string, OutputDefinition>;
}

export interface ParameterDefinition {
  readonly Type: string;
  readonly Default?: unknown;
  readonly Description?: string;
  readonly NoEcho?: boolean | string;
  readonly AllowedValues?: unknown[];
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
}

export interface RuleDefinition {
  readonly RuleCondition?: unknown;
  readonly Assertions: Array<{ readonly Assert: unknown; readonly AssertDescription?: string }>;
}

export interface ResourceDefinition {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DependsOn?: string | string[];
  readonly Condition?: string;
  readonly Metadata?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly UpdatePolicy?: Record<string, unknown>;
  readonly CreationPolicy?: Record<string, unknown>;
}

export interface OutputDefinition {
  readonly Value: unknown;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** The transforms a template declares, by name. */
export function transforms(template: Template): string[] {
  const declared = template.Transform === undefined ? [] : [template.Transform].flat();
  return declared.map((each) => (typeof each === 'string' ? each : String((each as { Name?: unknown }).Name)));
}

export function dependsOn(resource: ResourceDefinition): string[] {
  return resource.DependsOn === undefined ? [] : [resource.DependsOn].flat();
}
