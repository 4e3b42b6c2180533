/** What can be read off a round. Pure. */
import {type Status, worst} from '../base/status.ts';
import type {RoundState, Step} from './round.ts';

export interface Progress {
	readonly total: number;
	readonly decided: number;
	readonly anomalies: number;
	readonly skipped: number;
	/** In the checklist's order. */
	readonly undecided: readonly Step[];
}

/** How far the round is. */
export function progress({steps}: Pick<RoundState, 'steps'>): Progress {
	const undecided = steps.filter(({verdict}) => verdict === undefined);
	return {
		total: steps.length,
		decided: steps.length - undecided.length,
		anomalies: steps.filter(({verdict}) => verdict?.kind === 'anomaly').length,
		skipped: steps.filter(({verdict}) => verdict?.kind === 'skipped').length,
		undecided,
	};
}

/** Time spent walking in all sittings together, milliseconds; breaks between them do not count. */
export function walkedFor(state: Pick<RoundState, 'walkedMs' | 'satDownAt' | 'startedAt' | 'closedAt'>, now: number): number {
	return state.walkedMs + Math.max(0, (state.closedAt ?? now) - (state.satDownAt ?? state.startedAt));
}

/** The status of a step: the verdict overrides the result. A skipped or unreviewed step is unknown. */
function stepStatus({verdict}: Step): Status {
	if (!verdict || verdict.kind === 'skipped') return 'unknown';
	if (verdict.kind === 'ok') return 'ok';
	return verdict.finding.status === 'critical' ? 'critical' : 'warning';
}

/** The round's status: that of its most urgent step; unknown without steps, for then nothing was seen. */
export function roundStatus({steps}: Pick<RoundState, 'steps'>): Status {
	return worst(steps.map(stepStatus), 'unknown');
}

/** False for a round without verdicts, notes and drafts: there is nothing to resume. */
export function hasWork({steps, pins, draft, entry, ticks = [], outside = []}: RoundState): boolean {
	const touched = steps.some(({verdict, notes, investigation, tickets}) => verdict ?? investigation ?? notes[0] ?? tickets?.[0]);
	return touched || pins.length > 0 || ticks.length > 0 || outside.length > 0 || (draft?.text ?? '') !== '' || entry !== undefined;
}
