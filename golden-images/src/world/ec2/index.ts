export * from './ec2';
export type { Image, RegisterImageProps } from './images';
export type { Instance, LaunchProps } from './instances';
export type { Tag } from './tags';
