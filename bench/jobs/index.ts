import { alpha, alphaShared } from './alpha';
import { goldenImages } from './golden-images';
import { raw } from './raw';
import type { Job } from '../job';

/** The sides, by the names that the tables give them. */
export const jobs: Record<string, Job> = {
  'cdk-golden-images': goldenImages,
  'alpha L2': alpha,
  'alpha L2, shared by hand': alphaShared,
  'L1 by hand': raw,
};
