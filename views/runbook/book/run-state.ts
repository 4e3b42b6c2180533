/** A block that runs, or ran last. */
import type {RunEnd} from '../../../src/runbooks/blocks/run-block.ts';
import type {Output} from './run-output.ts';
import type {PlannedRun} from './plan-run.ts';

export interface Running {
	readonly plan: PlannedRun;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	readonly output: Output;
	readonly end?: RunEnd;
	readonly stop: () => void;
}
