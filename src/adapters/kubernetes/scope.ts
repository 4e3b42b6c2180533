/** Which pods are meant, and until when anybody wants to know. */
export interface Scope {
	readonly namespace: string;
	/** Label selector as kubectl's `-l`. */
	readonly selector?: string | undefined;
	readonly signal: AbortSignal;
}
