/** The machine's own randomness, in [0, 1); the only place that has it. */
export const systemRandom = (): number => Math.random();
