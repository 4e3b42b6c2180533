export interface WhyAnswer {
	readonly text: string;
	/** 1 for an answer to the first why. Each answer comes before the answers that explain it. */
	readonly level: number;
	/** No further why is worth asking. */
	readonly ended?: true;
	/** The root cause. If no answer is marked, the end of the first chain is the root cause. */
	readonly root?: true;
	/** Keys of the evidence that supports it. */
	readonly evidence?: readonly string[];
}
