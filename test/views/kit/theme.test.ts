import {expect, test} from 'vitest';
import {createTheme} from '../../../views/kit/theme.ts';

test('amber is a brown on a light background, yellow else, and no colour where none is wanted', () => {
	const amber = (options: {readonly colour?: boolean; readonly light?: boolean}) =>
		createTheme({unicode: true, colour: true, ...options}).paint('amber', '!');
	expect(amber({})).toBe('\u001B[33m!\u001B[39m');
	expect(amber({light: true})).toBe('\u001B[38;5;130m!\u001B[39m');
	expect(amber({light: true, colour: false})).toBe('!');
});
