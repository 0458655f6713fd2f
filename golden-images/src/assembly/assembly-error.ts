/** The app has no such image, or says of it what cannot be read. */
export class AssemblyError extends Error {}
