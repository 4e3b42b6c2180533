/** What enter and x do on a runbook's page: tick a box, show what a block would run, ask for what is missing. */
import {isProduction} from '../../../src/service/service.ts';
import {valueProblem} from '../../../src/runbooks/blocks/variables.ts';
import type {Stop} from '../../kit/markdown.ts';
import {emptyField, fieldOf} from '../../kit/text-field.ts';
import {type BookSession, changeBook, changeVisit, shown} from './book-session.ts';
import {followLink, keepInSight, scroll, search, selectedStop, step} from './book-moving.ts';
import {commandLines, missingNames, type PlannedRun, planRun, useOf} from './plan-run.ts';
import {aloneWords} from './refused.ts';
import {isRunning, start} from './running.ts';
import {askToExtend, dropTyped, type Prompt, typedBefore} from './book-typing.ts';
import {tell} from '../../session/action.ts';

function tick(book: BookSession, {key, text, done}: Extract<Stop, {readonly kind: 'task'}>): void {
	const {app, roundApp} = book;
	const runbook = shown(book)?.runbook;
	if (!runbook) return;
	if (done || !roundApp || roundApp.replayOf !== undefined) {
		app.notice.set(done ? 'this box is ticked in the file itself' : roundApp ? replayWords : aloneWords);
		return;
	}
	const ticked = roundApp.round.get().ticks?.some((one) => one.runbook === runbook.id && one.task === key) ?? false;
	roundApp.dispatch({
		type: 'ticked',
		tick: {runbook: runbook.id, task: key, text, at: app.clock.now(), operator: roundApp.operator},
		done: !ticked,
	});
}

/** Asks for the next value that is missing, else shows what will run. */
function propose(book: BookSession, plan: PlannedRun, names: readonly string[]): void {
	const [name] = names;
	if (name === undefined) changeBook(book, {overlay: {kind: 'run', plan}});
	else
		changeBook(book, {
			overlay: {
				kind: 'prompt',
				prompt: 'value',
				plan,
				names,
				field: fieldOf(plan.values[name]?.value ?? typedBefore(book, {kind: 'value', name})),
			},
		});
	keepInSight(book);
}

const replayWords = 'Replay: nothing is run or ticked. Press y to copy.';
const readOnlyWords = '--read-only: blocks cannot run. Press y to copy the block.';

/** Why no block may be run now; undefined where one may. */
export function runRefusal(book: BookSession): string | undefined {
	if (!book.roundApp) return aloneWords;
	if (book.roundApp.replayOf !== undefined) return replayWords;
	if (book.roundApp.readOnly) return readOnlyWords;
	return isRunning(book) ? 'A block is running. Press ctrl-c to stop it.' : undefined;
}

/** Shows what the block would run, or says why it is not run from here. */
function show(book: BookSession, stop: Extract<Stop, {readonly kind: 'code'}>): void {
	const open = shown(book);
	const at = open?.visit.selected;
	if (!open || !at) return;
	const {roundApp} = book;
	const refused = runRefusal(book);
	if (refused !== undefined || !roundApp) {
		book.app.notice.set(refused);
		return;
	}
	const heading = open.page.sections[at.section]?.heading ?? '';
	const plan = planRun(stop, {runbook: open.runbook.id, heading, known: book.known, own: roundApp.ownVariable});
	if ('why' in plan) book.app.notice.set(plan.why);
	else propose(book, plan, missingNames(plan));
}

/** What enter does with the selected link, box or block. */
export function act(book: BookSession): void {
	const stop = selectedStop(book);
	switch (stop?.kind) {
		case 'link':
			return followLink(book, stop.href);
		case 'task':
			return tick(book, stop);
		case 'code':
			return show(book, stop);
		default:
			return scroll(book, 1);
	}
}

/** Shows what the selected block would run; selects the first one on the screen where none is. */
export function runSelected(book: BookSession): void {
	if (selectedStop(book)?.kind !== 'code') {
		changeVisit(book, {selected: undefined});
		step(book, 1, 'code');
	}
	const stop = selectedStop(book);
	if (stop?.kind === 'code') show(book, stop);
}

/** Every value again, those that are known as they are. */
export function askValues(book: BookSession, plan: PlannedRun): void {
	propose(
		book,
		plan,
		plan.block.variables.map(({name}) => name),
	);
}

function begin(book: BookSession, plan: PlannedRun): void {
	changeBook(book, {overlay: undefined});
	start(book, plan);
	keepInSight(book);
}

/** Runs what was confirmed with y; production asks for the name before anything is changed. */
export function confirm(book: BookSession, plan: PlannedRun): void {
	if (book.roundApp && isProduction(book.roundApp.environment) && !plan.block.reads) {
		changeBook(book, {overlay: {kind: 'prompt', prompt: 'name', plan, field: emptyField}});
		return;
	}
	begin(book, plan);
}

/** What is typed into the runbook's own file. */
function extend(book: BookSession, prompt: Extract<Prompt, {readonly prompt: 'tip' | 'wrong'}>, text: string): void {
	const runbook = shown(book)?.runbook;
	const {app, roundApp} = book;
	if (!runbook || !roundApp) return;
	const at = prompt.prompt === 'wrong' ? {heading: prompt.heading, nth: prompt.nth} : undefined;
	roundApp.extendRunbook(runbook, at ? {kind: 'wrong', text, ...at} : {kind: 'tip', text}).then(
		(path) => {
			dropTyped(book, at ? {kind: 'wrong', runbook: runbook.id, ...at} : {kind: 'tip', runbook: runbook.id});
			// An embedded one was copied to the team's directory first: the page that is open is now that copy.
			const {visits} = book.ui.get();
			changeBook(book, {visits: visits.map((visit) => (visit.path === runbook.path ? {...visit, path} : visit))});
			const where = at && at.heading !== '' ? `written below “${at.heading}”` : 'written at its beginning';
			app.notice.set(at ? `${where} in ${path}` : `the tip is in ${path}`);
		},
		(error: unknown) => {
			// What was typed is not lost: the question comes back with it.
			askToExtend(book, prompt.prompt, at);
			tell(book, error);
		},
	);
}

/** Takes what was typed. */
export function keepPrompt(book: BookSession, prompt: Prompt): void {
	const {app} = book;
	const text = prompt.field.text.trim();
	switch (prompt.prompt) {
		case 'search':
			changeBook(book, {overlay: undefined, search: text});
			changeVisit(book, {found: undefined});
			return search(book, 1);
		case 'tip':
		case 'wrong':
			if (text === '') app.notice.set('Nothing typed yet. Press esc to cancel.');
			else {
				changeBook(book, {overlay: undefined});
				extend(book, prompt, text);
			}
			return;
		case 'name':
			if (text === book.roundApp?.service.name) {
				begin(book, prompt.plan);
			} else app.notice.set(`that is not ${book.roundApp?.service.name}: nothing was run`);
			return;
		case 'value': {
			const [name = '', ...names] = prompt.names;
			const problem = valueProblem(useOf(prompt.plan, name), text);
			if (problem !== undefined) {
				app.notice.set(problem);
				return;
			}
			const before = prompt.plan.values[name];
			const value = before?.value === text ? before : ({value: text, from: 'typed'} as const);
			return propose(book, {...prompt.plan, values: {...prompt.plan.values, [name]: value}}, names);
		}
	}
}

/** The command as it would be typed, for the clipboard. */
export const planText = (plan: PlannedRun) => commandLines(plan).join('\n');
