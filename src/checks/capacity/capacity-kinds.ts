/** What can run full, in the order it is shown. */
export const capacityKinds = ['cpu', 'memory', 'volume', 'database'] as const;
export type CapacityKind = (typeof capacityKinds)[number];
