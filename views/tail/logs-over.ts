import {createSlot} from '../session/slot.ts';
import type {TailSession} from './lines/tail-session.ts';

/** The live logs that lie over the round; undefined while none do. */
export const logsOver = createSlot<TailSession>();
