/** A block that runs: its output as it comes, how it ended, and what of it becomes evidence. */
import {plural} from '../../../src/base/figures.ts';
import type {Evidence} from '../../../src/checks/kit/check.ts';
import type {RunEnd} from '../../../src/runbooks/blocks/run-block.ts';
import {isPinned} from '../../session/session.ts';
import type {BookSession} from './book-session.ts';
import {createOutput} from './run-output.ts';
import {commandLines, type PlannedRun, runPlan, valueWords} from './plan-run.ts';
import type {Running} from './run-state.ts';

/** How often output is drawn at most: a flood of lines must not keep a key waiting. */
const drawEveryMs = 40;

/** `1.2 s`, `3 m 20 s` */
export function spanWords(ms: number): string {
	if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
	const seconds = Math.round(ms / 1000);
	return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
}

/** `exit code 0 in 1.2 s`, `exit code 1 in 40 ms` */
export const endWords = ({words, durationMs}: RunEnd) =>
	`${words} ${words === 'stopped' ? 'after' : 'in'} ${durationMs < 950 ? `${Math.round(durationMs)} ms` : spanWords(durationMs)}`;

/** Starts what was shown and confirmed. */
export function start(book: BookSession, plan: PlannedRun): void {
	const {roundApp: app, running} = book;
	if (!app) return;
	const output = createOutput();
	let waiting: NodeJS.Timeout | undefined;
	const redraw = () => {
		waiting = undefined;
		const now = running.get();
		if (now?.output === output) running.set({...now});
	};
	const run = app.runBlock(runPlan(plan), (text) => {
		output.append(text);
		waiting ??= setTimeout(redraw, drawEveryMs);
	});
	running.set({plan, startedAt: app.clock.now(), output, stop: run.stop});
	void run.ended.then((end) => {
		clearTimeout(waiting);
		const now = running.get();
		if (now?.output !== output) return;
		running.set({...now, end});
		const kept = keepOutput(book) ? 'Output pinned as evidence. Press b to unpin.' : undefined;
		app.notice.set(end.done ? kept : [endWords(end), kept].filter(Boolean).join(': '));
	});
}

export const isRunning = ({running}: BookSession) => {
	const now = running.get();
	return now !== undefined && now.end === undefined;
};

/** Lines of output that a piece of evidence keeps: the newest say how it ended. */
const mostEvidence = 200;

function evidenceOf(running: Running, check: string): Evidence {
	const {plan, startedAt, output, end} = running;
	const lines = output.lines();
	const kept = lines.slice(-mostEvidence);
	const left = output.dropped() + lines.length - kept.length;
	const through = plan.block.kind === 'shell' ? `through ${plan.block.shell}: ` : '';
	return {
		id: `block:${startedAt}:${plan.runbook}:${end ? 'ended' : 'running'}`,
		check,
		at: startedAt,
		text: [
			`$ ${through}${commandLines(plan).join('; ')}`,
			...(plan.block.kind === 'shell' ? valueWords(plan) : []),
			...(left > 0 ? [`(${plural(left, 'earlier line')} left out)`] : []),
			...kept,
			end ? endWords(end) : 'still running when it was pinned',
			`runbook ${plan.runbook}${plan.heading === '' ? '' : `, ${plan.heading}`}`,
		].join('\n'),
	};
}

/** Pins what was printed; false where there is no check to pin it to, or the round takes nothing more. */
function keepOutput({roundApp: app, check, running}: BookSession): boolean {
	const now = running.get();
	if (!now || !app || check === undefined) return false;
	const evidence = evidenceOf(now, check);
	app.dispatch({type: 'pinned', evidence});
	return isPinned(app.round.get().pins, check, evidence.id);
}

/** Pins what was printed so far, or takes the pin back; says which. */
export function pinOutput(book: BookSession): string {
	const {roundApp: app, check} = book;
	const running = book.running.get();
	if (!running || !app || check === undefined) return 'nothing has run yet';
	const evidence = evidenceOf(running, check);
	if (isPinned(app.round.get().pins, check, evidence.id)) {
		app.dispatch({type: 'unpinned', id: evidence.id, check});
		return 'unpinned';
	}
	return keepOutput(book) ? 'output pinned as evidence' : 'the output could not be pinned: the round takes nothing more';
}
