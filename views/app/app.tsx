import {Box, Text, useInput, usePaste} from 'ink';
import {press} from './actions/index.ts';
import {useSession} from '../session/context.ts';
import {typeText} from '../round/shared/typed-field.ts';
import {type KeyPress, keyPresses} from '../kit/key-presses.ts';
import {OutsideScreen} from '../outside/outside-screen.tsx';
import {ClosingScreen, DoneScreen} from '../round/closing.tsx';
import {DialogScreen} from '../round/open-rounds.tsx';
import {Footer} from './footer.tsx';
import {HelpScreen} from './help.tsx';
import {PageScreen} from '../round/details-page.tsx';
import {RoundScreen} from '../round/round-screen.tsx';
import {StatusBar} from './status-bar.tsx';
import {TriageScreen} from '../triage/triage-screen.tsx';
import {TriageList} from '../triage/triage-list.tsx';
import {bookKeyboard, typeBookText} from '../runbook/actions/index.ts';
import {BookScreen} from '../runbook/book-screen.tsx';
import {tailKeyboard} from '../tail/actions/index.ts';
import {bookOver} from '../runbook/book/book-over.ts';
import {logsOver} from '../tail/logs-over.ts';
import {TailScreen} from '../tail/tail-screen.tsx';
import {useSelected, useStore} from '../kit/use-store.ts';
import {screenOf, smallest} from '../session/screen-of.ts';

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
	const logs = useStore(logsOver(session));
	const book = useStore(bookOver(session));
	const listening = {isActive: logs === undefined || book !== undefined};
	const pressOne = (key: KeyPress) => {
		// The key before may have opened the logs or a runbook, or closed them.
		const reading = bookOver(session).get();
		const open = logsOver(session).get();
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
				<Text wrap="wrap">{`Terminal too small: ${smallest.columns}x${smallest.rows} needed. Press ctrl-c to quit.`}</Text>
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
