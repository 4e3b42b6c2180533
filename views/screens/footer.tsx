import {whyNot} from '../actions/index.ts';
import {useSession} from '../context.ts';
import {footerLines} from '../footer-lines.ts';
import {Lines} from '../primitives/lines.tsx';
import {currentStep} from '../session.ts';
import {useStore} from '../use-store.ts';
import {scopeOf} from '../where.ts';
import {useRun} from './use-run.ts';

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
		notice: notice === undefined ? undefined : {text: notice, tone: 'strong'},
	});
	return <Lines columns={columns} rows={2} lines={lines} />;
}
