/**
 * Gives Ink the quick ways of this folder. Ink asks for them through `quickPaths`, which patches/ink adds to it: tests,
 * types and product run the same Ink, and the build leaves its files as they are.
 */
import {styledCharsFromTokens, tokenize} from '@alcalzone/ansi-tokenize';
import {quickPaths} from 'ink';
import {narrow} from './narrow.ts';
import {createQuickCells} from './quick-cells.ts';
import {rowsAsWritten} from './rows-as-written.ts';

quickPaths.cells = createQuickCells((line) => styledCharsFromTokens(tokenize(line)));
quickPaths.rows = rowsAsWritten;
quickPaths.isNarrow = (text) => narrow.test(text);
