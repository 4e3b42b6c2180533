import type {PatternMemory} from './tail-app.ts';
export function createPatternMemory(_o: unknown): PatternMemory {
	return {isNew: () => false, since: undefined, remember: () => {}};
}
