export * from './apply';
export { withInfrastructure } from './build-inputs';
export * from './decide';
export { frozenChannels } from './decide-channels';
export { unrecorded } from './decide-versions';
export * from './decision';
export * from './observation';
export * from './record';
export { compareVersions, iso, isGood, newestEnded, versionOf } from './versions';
