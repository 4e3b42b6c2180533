/** A first runbook, written from the investigation on the screen. */
import {runbookStub, stubName} from '../../../src/triage/runbook-stub.ts';
import {openQuestion} from '../../session/triage-draft.ts';
import {type Actions, tell} from '../../session/action.ts';

export const newRunbookActions = {
	'triage-new-runbook': {
		run(session) {
			const {app} = session;
			const investigation = openQuestion(session)?.investigation;
			if (!investigation) return;
			const text = runbookStub(investigation, {service: app.service.name, operator: app.operator, at: app.clock.now()});
			app.writeRunbook(stubName(investigation), text).then(
				(path) => app.notice.set(`a first runbook is in ${path}`),
				(error: unknown) => tell(session, error),
			);
		},
		disabled: (session) => (openQuestion(session)?.investigation.problem ? undefined : 'say first what the problem is'),
	},
} as const satisfies Partial<Actions>;
