import {Box, Text, useInput, usePaste} from 'ink';
import {useEffect, useMemo} from 'react';
import {bindings} from '../../src/keys/keymap.ts';
import {type KeyPress, keyPresses} from '../kit/key-presses.ts';
import {Lines} from '../kit/lines.tsx';
import {rule} from '../kit/line.ts';
import {HelpList} from '../session/help-list.tsx';
import {useStore} from '../kit/use-store.ts';
import {tailKeyboard} from './actions/index.ts';
import {drawScreen} from './draw-screen.ts';
import {footLines} from './tail-foot.ts';
import {tailHelpItems} from './moves/help-rows.ts';
import {smallest} from './lines/tail-layout.ts';
import {createPaints} from './paints.ts';
import {statusLine} from './status-line.ts';
import type {TailOverlay, TailSession} from './lines/tail-session.ts';
import {typeTailText} from './moves/tail-typing.ts';

function Help({
	session,
	list,
	now,
}: {
	readonly session: TailSession;
	readonly list: Extract<TailOverlay, {readonly kind: 'help'}>;
	readonly now: number;
}) {
	const {theme, ui} = session;
	const {columns, rows} = ui.get();
	return (
		<>
			<Lines columns={columns} rows={2} lines={[statusLine(session, now), rule(theme, columns)]} />
			<HelpList
				theme={theme}
				columns={columns}
				rows={rows - 4}
				title="Keys that work here"
				sign="/"
				field={list.field}
				selected={list.selected}
				items={tailHelpItems(session, list)}
				notNow={(item) => {
					const binding = item.kind === 'binding' ? bindings.find(({id}) => id === item.id) : undefined;
					return binding && tailKeyboard.whyNot(session, binding);
				}}
			/>
			<Lines columns={columns} rows={2} lines={footLines(session)} />
		</>
	);
}

/** The whole log screen; every key and every paste comes in here. */
export function TailScreen({
	session,
	press = (key) => tailKeyboard.press(session, key),
}: {
	readonly session: TailSession;
	/** Where keys go if not to the logs: one of them may open something above, and the next is for that. */
	readonly press?: (key: KeyPress) => void;
}) {
	const paints = useMemo(() => createPaints(session), [session]);
	useEffect(() => paints.listen(), [paints]);
	useStore(paints.asked);
	useInput((input, key) => {
		for (const one of keyPresses(input, key)) press(one);
	});
	usePaste((text) => {
		if (!typeTailText(session, text)) session.app.notice.set('nothing is being typed: the paste was left out');
	});
	const {columns, rows, overlay} = session.ui.get();
	const now = session.app.clock.now();
	if (columns < smallest.columns || rows < smallest.rows) {
		return (
			<Box width="100%" height={rows} overflow="hidden">
				<Text wrap="wrap">{`Terminal too small: ${smallest.columns}x${smallest.rows} needed. Press ctrl-c to quit.`}</Text>
			</Box>
		);
	}
	// Ink corrupts the first row on narrowing unless the root follows the terminal by itself.
	return (
		<Box width="100%" height={rows} overflow="hidden" flexDirection="column">
			{overlay?.kind === 'help' ? (
				<Help session={session} list={overlay} now={now} />
			) : (
				<Lines columns={columns} rows={rows} lines={drawScreen(session, now)} />
			)}
		</Box>
	);
}
