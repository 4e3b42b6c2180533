import {createContext, useContext} from 'react';
import type {Session} from './session.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session the screen belongs to. */
export function useSession(): Session {
	const session = useContext(SessionContext);
	if (!session) throw new Error('a view was drawn outside its session');
	return session;
}
