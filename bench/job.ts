/** Names of the roles in the job that both sides do. */
export const ROLES = Array.from({ length: 10 }, (_, index) => `Role${index + 1}`);
