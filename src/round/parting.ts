/** The message after the screen has closed: whether the round is saved. */
import {hasWork, progress} from './round-progress.ts';
import type {RoundState} from './round.ts';

/** One sentence; undefined if nothing was started. `command` resumes the round. Pure. */
export function partingWords(state: RoundState, command: string): string | undefined {
	const {steps, phase, cursor} = state;
	const decided = steps.length - progress(state).undecided.length;
	if (phase === 'closed') return `The round is closed: ${decided} of ${steps.length} reviewed.`;
	if (!hasWork(state)) return undefined;
	const at = phase === 'closing' ? 'the closing' : (steps[cursor]?.title ?? 'its first check');
	return `The round is saved: ${decided} of ${steps.length} reviewed. Run \`${command}\` to resume at ${at}.`;
}
