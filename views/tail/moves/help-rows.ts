/** The rows of the help over the log screen. */
import {bindingItems, type HelpItem, matchingItems} from '../../session/help-items.ts';
import type {TailOverlay, TailSession} from '../lines/tail-session.ts';
import {scopeBelow} from './tail-scope.ts';

/** The keys that hold below the help and contain what is typed. */
export function tailHelpItems(session: TailSession, {field}: Extract<TailOverlay, {readonly kind: 'help'}>): readonly HelpItem[] {
	return matchingItems(bindingItems(scopeBelow(session)), field.text);
}
