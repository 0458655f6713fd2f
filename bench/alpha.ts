import * as imagebuilder from '@aws-cdk/aws-imagebuilder-alpha';
import { Stack } from 'aws-cdk-lib';
import { ROLES } from './job';

/** The job with the alpha L2: one base and ten roles of two components each, every role on its parent by SSM parameter. */
export function alphaStack(scope: Stack, options: { shared: boolean }): void {
  const infrastructureConfiguration = options.shared ? new imagebuilder.InfrastructureConfiguration(scope, 'Infrastructure') : undefined;
  const distributionConfiguration = options.shared ? new imagebuilder.DistributionConfiguration(scope, 'Distribution') : undefined;
  const image = (name: string, baseImage: imagebuilder.BaseImage): void => {
    const recipe = new imagebuilder.ImageRecipe(scope, `${name}Recipe`, {
      baseImage,
      components: [1, 2].map((number) => ({ component: component(scope, `${name}Component${number}`) })),
    });
    new imagebuilder.ImagePipeline(scope, `${name}Pipeline`, {
      recipe,
      ...(infrastructureConfiguration ? { infrastructureConfiguration } : {}),
      ...(distributionConfiguration ? { distributionConfiguration } : {}),
    });
  };
  image('Base', imagebuilder.BaseImage.fromSsmParameterName('/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64'));
  ROLES.forEach((role) => image(role, imagebuilder.BaseImage.fromSsmParameterName('/imagebuilder/base/latest')));
}

function component(scope: Stack, id: string): imagebuilder.Component {
  return new imagebuilder.Component(scope, id, {
    platform: imagebuilder.Platform.LINUX,
    data: imagebuilder.ComponentData.fromComponentDocumentJsonObject({
      schemaVersion: imagebuilder.ComponentSchemaVersion.V1_0,
      name: id,
      phases: [{
        name: imagebuilder.ComponentPhaseName.BUILD,
        steps: [{ name: 'Say', action: imagebuilder.ComponentAction.EXECUTE_BASH, inputs: imagebuilder.ComponentStepInputs.fromObject({ commands: [`echo ${id}`] }) }],
      }],
    }),
  });
}
