#!/usr/bin/env bash
# @xterm/headless 6.0.0: an emoji takes one column, where string-width 9.0.0 counts two.
#
# Tests that read a screen back through this terminal see rows that are one column short after an emoji, although the
# program padded them with string-width. The built-in tables are those of Unicode 6. With
# @xterm/addon-unicode-graphemes 0.4.0 and activeVersion "15-graphemes" both agree. Flags and wide
# letters agree without it, so a first test may pass.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @xterm/headless@6.0.0 @xterm/addon-unicode-graphemes@0.4.0 string-width@9.0.0 || exit 2

cat >run.mjs <<'JS'
import xterm from '@xterm/headless';
import graphemes from '@xterm/addon-unicode-graphemes';
import stringWidth from 'string-width';

async function columns(text, version) {
	const terminal = new xterm.Terminal({cols: 20, rows: 2, allowProposedApi: true});
	if (version) {
		terminal.loadAddon(new graphemes.UnicodeGraphemesAddon());
		terminal.unicode.activeVersion = version;
	}
	await new Promise((done) => terminal.write(text, done));
	return terminal.buffer.active.cursorX;
}
console.log(`default tables: Unicode ${new xterm.Terminal({allowProposedApi: true}).unicode.activeVersion}`);
for (const text of ['✅', '⚠️', '🪵', '각', '🇩🇪']) {
	console.log(`${text} string-width ${stringWidth(text)}, xterm ${await columns(text)}, with graphemes ${await columns(text, '15-graphemes')}`);
}
JS
cat >expected <<'TEXT'
default tables: Unicode 6
✅ string-width 2, xterm 1, with graphemes 2
⚠️ string-width 2, xterm 1, with graphemes 2
🪵 string-width 2, xterm 1, with graphemes 2
각 string-width 2, xterm 2, with graphemes 2
🇩🇪 string-width 2, xterm 2, with graphemes 2
TEXT
node run.mjs >seen
cat seen
diff expected seen && echo 'As described.'
