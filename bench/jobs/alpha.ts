import * as imagebuilder from '@aws-cdk/aws-imagebuilder-alpha';
import type { Stack } from 'aws-cdk-lib';
import { command, componentNames, PARENT, roleNames, type Job } from '../job';

type Shared = Pick<imagebuilder.ImagePipelineProps, 'infrastructureConfiguration'>;

/** With the alpha L2 as its documentation shows it: each pipeline brings its own role and infrastructure. */
export const alpha: Job = (stack, roles) => images(stack, roles, {});

/** With the alpha L2, and infrastructure that the author shares by hand. */
export const alphaShared: Job = (stack, roles) => images(stack, roles, {
  infrastructureConfiguration: new imagebuilder.InfrastructureConfiguration(stack, 'Infrastructure'),
});

function images(stack: Stack, roles: number, shared: Shared): void {
  const image = (name: string, parameterName: string): void => {
    const recipe = new imagebuilder.ImageRecipe(stack, `${name}Recipe`, {
      baseImage: imagebuilder.BaseImage.fromSsmParameterName(parameterName),
      components: componentNames(name).map((each) => ({ component: component(stack, each) })),
    });
    new imagebuilder.ImagePipeline(stack, `${name}Pipeline`, { recipe, ...shared });
  };
  image('Base', PARENT);
  // Nothing in this job writes that parameter: with the alpha L2 it is the author's task.
  roleNames(roles).forEach((name) => image(name, '/golden-images/base/latest'));
}

function component(stack: Stack, name: string): imagebuilder.Component {
  return new imagebuilder.Component(stack, name, {
    platform: imagebuilder.Platform.LINUX,
    data: imagebuilder.ComponentData.fromComponentDocumentJsonObject({
      schemaVersion: imagebuilder.ComponentSchemaVersion.V1_0,
      name,
      phases: [{
        name: imagebuilder.ComponentPhaseName.BUILD,
        steps: [{
          name: 'Say',
          action: imagebuilder.ComponentAction.EXECUTE_BASH,
          inputs: imagebuilder.ComponentStepInputs.fromObject({ commands: [command(name)] }),
        }],
      }],
    }),
  });
}
