import {findInvestigation} from '../../src/round/investigations.ts';
import {whyNot} from './actions/index.ts';
import {useSession} from '../session/context.ts';
import {footerLines} from '../kit/footer-lines.ts';
import {Lines} from '../kit/lines.tsx';
import type {Part} from '../kit/line.ts';
import {currentStep, type Session} from '../session/session.ts';
import {useStore} from '../kit/use-store.ts';
import {scopeOf} from '../session/screen-of.ts';
import {useRun} from '../session/use-run.ts';

/** Reminds that an investigation waits behind the panes. */
function looking({ui, app}: Session): Part | undefined {
	const {triage} = ui.get();
	const problem = triage?.looking ? findInvestigation(app.round.get(), triage)?.problem : undefined;
	return problem === undefined
		? undefined
		: {text: `investigating${problem === '' ? '' : ` ${problem}`}: press b to pin, esc to return`, tone: 'amber'};
}

/** A rule that carries the notice, and the keys that work here. */
export function Footer() {
	const session = useSession();
	const {columns} = useStore(session.ui);
	const notice = useStore(session.app.notice);
	useStore(session.app.round);
	useStore(session.app.openRounds);
	useRun(currentStep(session)?.id);
	const lines = footerLines(session.theme, {
		columns,
		scope: scopeOf(session),
		works: (binding) => whyNot(session, binding) === undefined,
		passing: notice !== undefined,
		notice: notice === undefined ? looking(session) : {text: notice, tone: 'strong'},
	});
	return <Lines columns={columns} rows={2} lines={lines} />;
}
