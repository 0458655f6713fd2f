/** The name that a construct id stands for. */
export const nameOfId = (id: string): string => id.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
