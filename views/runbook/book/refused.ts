/** Keys of a runbook's screen that do nothing where it is only read. */
import type {Binding} from '../../../src/keys/binding.ts';
import {onlyLooks, refusedInReplay} from '../../session/replay-keys.ts';
import type {BookSession} from './book-session.ts';

/** Over logs on their own no record would tell who did what: a block is run where one does. */
export const aloneWords = 'Read only. Running, ticking and tips need a round. Press y to copy.';

/** Why the key does nothing; undefined where it works. */
export function refused({roundApp}: Pick<BookSession, 'roundApp'>, binding: Binding): string | undefined {
	if (roundApp) return refusedInReplay({app: roundApp}, binding);
	return onlyLooks(binding) ? undefined : aloneWords;
}
