import type { Stack } from 'aws-cdk-lib';

/** A way to write the job: one base of one component, and so many roles on it, of two components each. */
export type Job = (stack: Stack, roles: number) => void;

export const roleNames = (count: number): string[] => Array.from({ length: count }, (_, index) => `Role${index + 1}`);

export const componentNames = (image: string): string[] => (image === 'Base' ? ['BaseUpdates'] : [`${image}First`, `${image}Second`]);

export const command = (component: string): string => `echo ${component}`;

export const PARENT = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
