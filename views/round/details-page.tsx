import {useSession} from '../session/context.ts';
import {layoutOf} from '../session/layout.ts';
import {pageLines} from './shared/page-lines.ts';
import {Lines} from '../kit/lines.tsx';
import {draw, spread} from '../kit/line.ts';
import {currentStep, type Overlay} from '../session/session.ts';
import {useStore} from '../kit/use-store.ts';
import {useRun} from '../session/use-run.ts';

/** A page over the whole body: tips and runbook, one row with nothing cut off, or the service. */
export function PageScreen({page}: {readonly page: Extract<Overlay, {readonly kind: 'page'}>}) {
	const session = useSession();
	const {theme, app} = session;
	const {columns, bodyRows} = layoutOf(useStore(session.ui));
	const step = currentStep(session);
	useRun(page.page === 'row' ? step?.id : undefined);
	const lines = pageLines(session, page.page);
	const rows = bodyRows - 2;
	const top = Math.min(page.top, Math.max(0, lines.length - rows));
	const name =
		page.page === 'service'
			? 'The service'
			: page.page === 'row'
				? `${step?.title ?? ''}: the selected row`
				: ((step && app.runbookOf(step.id)?.path) ?? `${step?.title ?? ''}: tips`);
	const where = lines.length > rows ? `${top + 1} to ${Math.min(lines.length, top + rows)} of ${lines.length} lines` : '';
	return (
		<Lines
			columns={columns}
			rows={bodyRows}
			lines={[
				spread(theme, {left: [{text: ` ${name}`, tone: 'dim'}], right: [{text: where, tone: 'dim'}, ' ']}, columns),
				'',
				...lines.slice(top, top + rows).map((line) => `  ${line}`),
				...(lines.length === 0 ? [draw(theme, ['   nothing to show'], columns)] : []),
			]}
		/>
	);
}
