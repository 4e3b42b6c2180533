/** Closing: the entry, then each write with its yes or no; open rounds. */
import type {PlannedWrite, WriteResult} from '../../../src/ops-log/closing-write.ts';
import {isProduction} from '../../../src/service/service.ts';
import {readOnlyRefusal} from '../../../src/round/outside/act.ts';
import {sanitize} from '../../../src/base/terminal/sanitize.ts';
import {restoreDraft} from '../shared/typed-field.ts';
import {emptyField, fieldOf} from '../../kit/text-field.ts';
import {change, type Session} from '../../session/session.ts';
import {type Action, type Actions, tell} from '../../session/action.ts';
import {isDone, pendingWrite} from '../shared/pending-write.ts';

function answer(session: Session, id: PlannedWrite['id'], given: 'no' | 'writing' | WriteResult): void {
	const {closing} = session.ui.get();
	const {naming: _naming, ...rest} = closing;
	change(session, {closing: {...rest, answers: {...closing.answers, [id]: given}}});
	const planned = session.app.plannedWrites();
	const now = session.ui.get().closing;
	if (pendingWrite(planned, now) || !isDone(now.answers.entry) || planned.some((write) => now.answers[write.id] === 'writing')) return;
	session.app.dispatch({type: 'closed', at: session.app.clock.now()});
}

function write(session: Session, {id}: PlannedWrite): void {
	answer(session, id, 'writing');
	session.app.write(id).then(
		(result) => answer(session, id, result),
		(error: unknown) => answer(session, id, {id, done: false, text: error instanceof Error ? error.message : String(error)}),
	);
}

function pending(session: Session): PlannedWrite | undefined {
	return pendingWrite(session.app.plannedWrites(), session.ui.get().closing);
}

/** Writes when the typed name is the service's; anything else leaves it open. */
export function keepName(session: Session, typed: string): void {
	const asked = pending(session);
	if (asked && typed.trim() === session.app.service.name) write(session, asked);
	else session.app.notice.set(`that is not ${session.app.service.name}: nothing was written`);
}

const nothingAsked = 'nothing is asked for now';

function yesRefusal(session: Session): string | undefined {
	const asked = pending(session);
	if (!asked) return nothingAsked;
	if (asked.outside && session.app.readOnly) return `${readOnlyRefusal}. Press n to skip this write.`;
	return asked.id === 'entry' ? session.app.entryProblem(session.app.entry()) : undefined;
}

const entryDone = ({ui}: Session) => {
	const {entry} = ui.get().closing.answers;
	return entry === 'writing' || isDone(entry) ? 'the entry is written' : undefined;
};

function selectOpenRound(by: number): Action {
	return {
		run(session) {
			const last = session.app.openRounds.get().length - 1;
			change(session, {openRound: Math.max(0, Math.min(last, session.ui.get().openRound + by))});
		},
		disabled: ({app}) => (app.openRounds.get().length > 1 ? undefined : 'there is only this one'),
	};
}

function resume(whose: 'mine' | 'theirs', otherwise: string): Action {
	const selected = ({app, ui}: Session) => app.openRounds.get()[ui.get().openRound];
	return {
		run(session) {
			const open = selected(session);
			if (!open) return;
			session.app.resume(open);
			restoreDraft(session);
		},
		disabled: (session) => (selected(session)?.whose === whose ? undefined : otherwise),
	};
}

function scroll(by: number): Action {
	return {
		run(session) {
			const {closing} = session.ui.get();
			change(session, {closing: {...closing, top: Math.max(0, closing.top + by)}});
		},
	};
}

export const closingActions = {
	'write-yes': {
		run(session) {
			const asked = pending(session);
			if (!asked) return;
			if (asked.outside && isProduction(session.app.environment))
				change(session, {closing: {...session.ui.get().closing, naming: emptyField}});
			else write(session, asked);
		},
		disabled: yesRefusal,
	},
	'write-no': {
		run(session) {
			const asked = pending(session);
			if (asked) answer(session, asked.id, 'no');
		},
		disabled: (session) => (pending(session) ? undefined : nothingAsked),
	},
	'entry-edit': {
		run(session) {
			const {draft} = session.app.round.get();
			const text = draft?.field === 'entry' ? draft.text : session.app.entry();
			change(session, {closing: {...session.ui.get().closing, editing: fieldOf(sanitize(text))}});
		},
		disabled: entryDone,
	},
	'entry-editor': {
		run(session) {
			const {app} = session;
			session
				.suspend(() => app.edit(app.entry()))
				.then((text) => {
					const line = text.trim().replaceAll(/\s*\n\s*/g, ' ');
					const problem = line === '' ? undefined : app.entryProblem(line);
					if (problem === undefined) app.dispatch({type: 'entry-edited', text: line});
					else {
						app.dispatch({type: 'drafted', draft: {field: 'entry', text: line}});
						app.notice.set(`${problem}. Press e to continue editing.`);
					}
				})
				.catch((error: unknown) => tell(session, error));
		},
		disabled: entryDone,
	},
	'closing-down': scroll(3),
	'closing-up': scroll(-3),
	'done-copy': {run: ({app}) => app.copy(app.entry())},
	'done-leave': {run: ({exit}) => exit()},
	'dialog-down': selectOpenRound(1),
	'dialog-up': selectOpenRound(-1),
	'dialog-resume': resume('mine', 'This round is another operator’s. Press t to take it over, f for your own.'),
	'dialog-take-over': resume('theirs', 'This is your round. Press g to resume it.'),
	'dialog-afresh': {run: ({app}) => app.beginAfresh()},
} as const satisfies Partial<Actions>;
