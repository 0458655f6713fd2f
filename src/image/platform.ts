/** Operating system family of an image. */
export enum Platform {
  LINUX = 'Linux',
  WINDOWS = 'Windows',
}
