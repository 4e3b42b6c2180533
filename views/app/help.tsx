import {bindings} from '../../src/keys/keymap.ts';
import {whyNot} from './actions/index.ts';
import {useSession} from '../session/context.ts';
import {helpItems} from '../session/help-items.ts';
import {layoutOf} from '../session/layout.ts';
import type {Overlay} from '../session/session.ts';
import {useStore} from '../kit/use-store.ts';
import {HelpList} from '../session/help-list.tsx';

type List = Extract<Overlay, {readonly kind: 'help' | 'palette'}>;

/** All keys that hold here, searchable; the palette is the same list with the checks on top. */
export function HelpScreen({list}: {readonly list: List}) {
	const session = useSession();
	const {columns, bodyRows} = layoutOf(useStore(session.ui));
	return (
		<HelpList
			theme={session.theme}
			columns={columns}
			rows={bodyRows}
			title={list.kind === 'help' ? 'Keys that work here' : 'Go to a check, or do something by its name'}
			sign={list.kind === 'help' ? '/' : ':'}
			field={list.field}
			selected={list.selected}
			items={helpItems(session, list)}
			notNow={(item) => {
				const binding = item.kind === 'binding' ? bindings.find(({id}) => id === item.id) : undefined;
				return binding && whyNot(session, binding);
			}}
		/>
	);
}
