import type {TailBindingId} from '../../../src/keys/keymap.ts';
import type {Action, Actions} from '../../session/action.ts';
import type {TailSession} from '../lines/tail-session.ts';

/** What a key does on the log screen. */
export type TailAction = Action<TailSession>;
/** Handlers of the log screen's keys. */
export type TailActions = Actions<TailBindingId, TailSession>;
