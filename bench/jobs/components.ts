import * as imagebuilder from '@aws-cdk/aws-imagebuilder-alpha';
import { PARENT, type Job } from '../job';
import { BuildSchedule, Component, Condition, ParentImage, PatchedBaseImage, RoleImage, Step } from 'cdk-golden-images';

const STEPS = 6;
const lines = (component: string, step: number): string[] => Array.from({ length: 10 }, (_, line) => `echo "${component} ${step} ${line}"`);
const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `component-${index + 1}`);
const steps = <T>(make: (step: number) => T): T[] => Array.from({ length: STEPS }, (_, index) => make(index));

/** One role with so many components, of six steps with conditions each: typed here, as the objects of the alpha L2 there. */
export const componentJobs: Record<string, Job> = {
  'cdk-golden-images': (stack, count) => {
    const parent = new PatchedBaseImage(stack, 'Base', { parent: ParentImage.amazonLinux2023(), schedule: BuildSchedule.daily() });
    const condition = Condition.negate(Condition.fileExists('/var/done'));
    const components = names(count).map((name) => Component.fromSteps(name, {
      buildSteps: steps((step) => Step.bash(...lines(name, step)).withOptions({ condition })),
    }));
    new RoleImage(stack, 'Role', { parent, components });
  },
  'alpha L2': (stack, count) => {
    const recipe = new imagebuilder.ImageRecipe(stack, 'Recipe', {
      baseImage: imagebuilder.BaseImage.fromSsmParameterName(PARENT),
      components: names(count).map((name) => ({
        component: new imagebuilder.Component(stack, name, {
          platform: imagebuilder.Platform.LINUX,
          data: imagebuilder.ComponentData.fromComponentDocumentJsonObject({
            schemaVersion: imagebuilder.ComponentSchemaVersion.V1_0,
            name,
            phases: [{
              name: imagebuilder.ComponentPhaseName.BUILD,
              steps: steps((step) => ({
                name: `Bash${step}`,
                action: imagebuilder.ComponentAction.EXECUTE_BASH,
                if: imagebuilder.ComponentStepIfCondition.fromObject({ not: { fileExists: '/var/done' } }),
                inputs: imagebuilder.ComponentStepInputs.fromObject({ commands: ['set -euo pipefail', ...lines(name, step)] }),
              })),
            }],
          }),
        }),
      })),
    });
    new imagebuilder.ImagePipeline(stack, 'Pipeline', { recipe });
  },
};
