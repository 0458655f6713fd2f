import { RenderedStep, type Step } from '../component/step/step';
import { Platform } from '../image/platform';

/** One of two steps, by the platform of the image. */
export const onPlatform = (windows: Step, linux: Step): Step =>
  new RenderedStep((scope, options) => (options.platform === Platform.WINDOWS ? windows : linux).bind(scope, options));
