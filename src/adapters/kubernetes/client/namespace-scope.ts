/** Which pods are meant, and until when anybody wants to know. */
export interface Scope {
	/** One namespace, or `allNamespaces`. */
	readonly namespace: string;
	/** Label selector as kubectl's `-l`. */
	readonly selector?: string | undefined;
	readonly signal: AbortSignal;
}

/** In place of a namespace: all of them, as in the API's own paths. */
export const allNamespaces = '';
