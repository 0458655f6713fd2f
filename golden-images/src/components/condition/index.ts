export { evaluate, type HashAlgorithm, type Probe } from './evaluate';
