/** Names one investigation of a round. */
export interface InvestigationRef {
	readonly step: string;
	/** `idOf` of it. */
	readonly id: string;
}
