export interface WhyAnswer {
	readonly text: string;
	/** 1 for an answer to the first why. The answers stand in order, each before those that explain it. */
	readonly level: number;
	/** Nothing lies behind it that is worth asking for. */
	readonly ended?: true;
	/** This is the one that is to be fixed; of several, the first chain where none is marked. */
	readonly root?: true;
	/** Keys of the evidence that speaks for it. */
	readonly evidence?: readonly string[];
}
