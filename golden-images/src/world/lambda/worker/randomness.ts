/* eslint-disable no-bitwise */
/* eslint-disable @typescript-eslint/no-explicit-any */

/**
 * Lets Math.random and randomUUID follow a seed (mulberry32), so that jitter and identifiers are the same in every run of the same
 * world. Gives the function that sets the seed. Runs in the worker from its source text.
 */
export function installRandomness(load: (name: string) => any): (seed: number) => void {
  let state = 1;
  Math.random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const digit = (): string => Math.floor(Math.random() * 16).toString(16);
  const randomUUID = (): string => 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, digit);
  load('node:crypto').randomUUID = randomUUID;
  Object.defineProperty(globalThis.crypto, 'randomUUID', { value: randomUUID });
  return (seed) => { state = seed; };
}
