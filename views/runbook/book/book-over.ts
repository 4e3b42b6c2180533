import {createSlot} from '../../session/slot.ts';
import type {BookSession} from './book-session.ts';

/** The runbook that lies over the round or its logs; undefined while none does. */
export const bookOver = createSlot<BookSession>();
