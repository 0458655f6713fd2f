/** Operating system family of an image. */
export enum Platform {
  /** Linux. */
  LINUX = 'Linux',
  /** Windows. */
  WINDOWS = 'Windows',
}
