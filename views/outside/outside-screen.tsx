import type {Dialog} from '../../src/outside/dialog.ts';
import {useSession} from '../session/context.ts';
import {layoutOf} from '../session/layout.ts';
import {Lines} from '../kit/lines.tsx';
import {useStore} from '../kit/use-store.ts';
import {dialogLines, lookOf} from './dialog-lines.ts';

/** Changing something in another system, over the whole body: nothing else is looked at meanwhile. */
export function OutsideScreen({dialog}: {readonly dialog: Dialog}) {
	const session = useSession();
	const {columns, bodyRows} = layoutOf(useStore(session.ui));
	useStore(session.app.round);
	return <Lines columns={columns} rows={bodyRows} lines={['', ...dialogLines(dialog, lookOf(session))]} />;
}
