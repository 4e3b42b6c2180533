import type {BookBindingId} from '../../../src/keys/keymap.ts';
import type {Action, Actions} from '../../session/action.ts';
import type {BookSession} from '../book/book-session.ts';

export type BookAction = Action<BookSession>;
export type BookActions = Actions<BookBindingId, BookSession>;
