/** Verdicts, notes and the way through the checklist. */
import {draftAt} from '../../../src/round/draft-places.ts';
import {progress} from '../../../src/round/round-progress.ts';
import {needsNote, type Step, type VerdictKind} from '../../../src/round/round.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {decide, findingOf, suggestionOf} from '../../session/decide.ts';
import {emptyField, fieldOf} from '../../kit/text-field.ts';
import {change, currentStep, freshClosing, moveTo, type PromptKind, type Session} from '../../session/session.ts';
import {type Action, type Actions, tell} from '../../session/action.ts';

/** An action on the step the operator is at; a round without steps has none. */
function onStep(act: (session: Session, step: Step) => void, disabled?: (session: Session, step: Step) => string | undefined): Action {
	return {
		run(session) {
			const step = currentStep(session);
			if (step) act(session, step);
		},
		disabled(session) {
			const step = currentStep(session);
			return step ? disabled?.(session, step) : 'this round has no checks';
		},
	};
}

function ask(session: Session, step: Step, prompt: PromptKind): void {
	const draft = draftAt(session.app.round.get(), {field: prompt, step: step.id});
	change(session, {overlay: {kind: 'prompt', prompt, step: step.id, field: draft ? fieldOf(draft.text) : emptyField}});
}

const notRead = (session: Session, {id, title}: Step) =>
	findingOf(session, id) === undefined ? `${title.toLowerCase()} is not read yet. Wait, or press s to skip it with a reason.` : undefined;

function alreadyGiven({verdict}: Step, kind: VerdictKind | undefined): string | undefined {
	if (verdict === undefined || verdict.kind !== kind) return undefined;
	return kind === 'anomaly' ? 'Already an anomaly. Press i to continue its triage.' : `${kind} already. Press u to undo.`;
}

/** The index of the next step without a verdict after the current one, round the corner. */
function nextOpen({app}: Session): number | undefined {
	const {steps, cursor} = app.round.get();
	const order = steps.map((_step, ahead) => (cursor + 1 + ahead) % steps.length);
	return order.find((index) => !steps[index]?.verdict);
}

/** The step whose verdict `u` takes back. */
function toUndo(session: Session): Step | undefined {
	const here = currentStep(session);
	if (here?.verdict) return here;
	const decided = session.app.round.get().steps.filter(({verdict}) => verdict);
	return decided.toSorted((a, b) => (b.verdict?.at ?? 0) - (a.verdict?.at ?? 0))[0];
}

export const roundActions = {
	accept: onStep(
		(session, step) => {
			const {verdict, reason} = suggestionOf(session, step);
			if (verdict === undefined) return;
			const note = needsNote(findingOf(session, step.id), verdict, step) ? reason : undefined;
			decide(session, step, {kind: verdict, ...(note === undefined ? {} : {note})});
		},
		(session, step) => notRead(session, step) ?? alreadyGiven(step, suggestionOf(session, step).verdict),
	),
	anomaly: onStep(
		(session, step) => decide(session, step, {kind: 'anomaly'}),
		(session, step) => notRead(session, step) ?? alreadyGiven(step, 'anomaly'),
	),
	fine: onStep(
		(session, step) => {
			if (needsNote(findingOf(session, step.id), 'ok', step)) ask(session, step, 'override');
			else decide(session, step, {kind: 'ok'});
		},
		(session, step) => {
			const unread = notRead(session, step);
			if (unread !== undefined) return unread;
			return suggestionOf(session, step).verdict === 'ok' ? 'OK is already suggested. Press a to accept it.' : undefined;
		},
	),
	skip: onStep((session, step) => ask(session, step, 'skip')),
	undo: {
		run(session) {
			const step = toUndo(session);
			if (!step) return;
			session.app.dispatch({type: 'undecided', step: step.id});
			change(session, {runbookTop: 0});
		},
		disabled: (session) => (toUndo(session) ? undefined : 'no verdict to undo'),
	},
	note: onStep((session, step) => ask(session, step, 'note')),
	'note-editor': onStep((session, step) => {
		const {app} = session;
		const kept = draftAt(app.round.get(), {field: 'note', step: step.id})?.text ?? '';
		session
			.suspend(() => app.edit(kept))
			.then((text) => {
				const note = sanitize(text).trim();
				if (note === '') app.notice.set('no note: the text was empty');
				else app.dispatch({type: 'noted', step: step.id, at: app.clock.now(), operator: app.operator, text: note});
			})
			.catch((error: unknown) => tell(session, error));
	}),
	tip: onStep((session, step) => ask(session, step, 'tip')),
	refresh: onStep((session, {id, title}) => {
		session.app.refresh(id);
		session.app.notice.set(`asking for ${title.toLowerCase()} again`);
	}),
	'close-round': {
		run(session) {
			session.app.dispatch({type: 'closing'});
			change(session, {closing: freshClosing});
		},
		disabled({app}) {
			const {undecided} = progress(app.round.get());
			if (undecided.length === 0) return undefined;
			const [first] = undecided;
			const name = first?.title.toLowerCase() ?? '';
			return undecided.length === 1
				? `${name} is not reviewed yet. Press N to go there.`
				: `${undecided.length} checks are not reviewed yet. Press N for the next.`;
		},
	},
	'next-open': {
		run(session) {
			const index = nextOpen(session);
			if (index !== undefined) moveTo(session, index);
		},
		disabled: (session) => (nextOpen(session) === undefined ? 'Every check is reviewed. Press c to close the round.' : undefined),
	},
	jump: {
		run(session, key) {
			const index = (Number(key) + 9) % 10;
			const {steps} = session.app.round.get();
			if (index < steps.length) moveTo(session, index);
			else session.app.notice.set(`there are only ${steps.length} checks`);
		},
	},
	'step-down': {run: (session) => moveTo(session, session.app.round.get().cursor + 1)},
	'step-up': {run: (session) => moveTo(session, session.app.round.get().cursor - 1)},
	'step-first': {run: (session) => moveTo(session, 0)},
	'step-last': {run: (session) => moveTo(session, session.app.round.get().steps.length - 1)},
} as const satisfies Partial<Actions>;
