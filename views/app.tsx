import {Box, Text, useInput, usePaste} from 'ink';
import {press} from './actions/index.ts';
import {useSession} from './context.ts';
import {typeText} from './field.ts';
import {type KeyPress, keyPresses} from './keys.ts';
import {OutsideScreen} from './outside/outside-screen.tsx';
import {ClosingScreen, DoneScreen} from './screens/closing.tsx';
import {DialogScreen} from './screens/dialog.tsx';
import {Footer} from './screens/footer.tsx';
import {HelpScreen} from './screens/help.tsx';
import {PageScreen} from './screens/page.tsx';
import {RoundScreen} from './screens/round.tsx';
import {StatusBar} from './screens/status-bar.tsx';
import {TriageScreen} from './screens/triage.tsx';
import {TriageList} from './screens/triage-list.tsx';
import {bookKeyboard, typeBookText} from './runbook/actions/index.ts';
import {BookScreen} from './runbook/book-screen.tsx';
import {tailKeyboard} from './tail/actions/index.ts';
import {TailScreen} from './tail/tail-screen.tsx';
import {useSelected, useStore} from './use-store.ts';
import {screenOf, smallest} from './where.ts';

/** What lies between status bar and footer: an overlay, or the screen the round is at. */
function Body() {
	const {app, ui} = useSession();
	const overlay = useSelected(ui, (state) => state.overlay);
	const triage = useSelected(ui, (state) => state.triage);
	const outside = useSelected(ui, (state) => state.outside);
	const round = useStore(app.round);
	const open = useStore(app.openRounds);
	if (overlay?.kind === 'help' || overlay?.kind === 'palette') return <HelpScreen list={overlay} />;
	if (overlay?.kind === 'page') return <PageScreen page={overlay} />;
	if (overlay?.kind === 'investigations') return <TriageList selected={overlay.selected} />;
	switch (screenOf(ui.get(), round, open.length)) {
		case 'dialog':
			return <DialogScreen />;
		case 'outside':
			return outside ? <OutsideScreen dialog={outside} /> : null;
		case 'closing':
			return <ClosingScreen />;
		case 'done':
			return <DoneScreen />;
		case 'triage':
			return triage ? <TriageScreen triage={triage} /> : null;
		default:
			return <RoundScreen />;
	}
}

/** The whole screen; every key and every paste comes in here. */
export function Screen() {
	const session = useSession();
	const {columns, rows} = useStore(session.ui);
	const logs = useStore(session.logs);
	const book = useStore(session.book);
	const listening = {isActive: logs === undefined || book !== undefined};
	const pressOne = (key: KeyPress) => {
		// The key before may have opened the logs or a runbook, or closed them.
		const reading = session.book.get();
		const open = session.logs.get();
		if (reading) bookKeyboard.press(reading, key);
		else if (open) tailKeyboard.press(open, key);
		else press(session, key);
	};
	useInput((input, key) => {
		for (const one of keyPresses(input, key)) pressOne(one);
	}, listening);
	usePaste((text) => {
		if (!(book ? typeBookText(book, text) : typeText(session, text)))
			session.app.notice.set('nothing is being typed: the paste was left out');
	}, listening);
	if (logs && !book) return <TailScreen session={logs} press={pressOne} />;
	// Ink corrupts the first row on narrowing unless the root follows the terminal by itself.
	if (columns < smallest.columns || rows < smallest.rows) {
		return (
			<Box width="100%" height={rows} overflow="hidden">
				<Text wrap="wrap">{`terminal too small: ${smallest.columns}x${smallest.rows} needed; ctrl-c quits`}</Text>
			</Box>
		);
	}
	if (book) return <BookScreen book={book} status={<StatusBar />} />;
	return (
		<Box width="100%" height={rows} overflow="hidden" flexDirection="column">
			<StatusBar />
			<Body />
			<Footer />
		</Box>
	);
}
