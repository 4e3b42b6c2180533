import type {BackOff} from '../../../base/back-off.ts';

/** How a cluster is asked again; a missing permission is asked for less often. */
export const clusterBackOff: BackOff = {first: 1000, longest: 30_000, hopeless: 60_000};
