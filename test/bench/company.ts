/** The simulated company in a process of its own, so that its work is not counted as the product's. Prints one JSON line, then stays. */
import {systemClock} from '../../src/adapters/clock.ts';
import {startCompany} from '../../src/demo/company.ts';

const [extraPods = '0', changesPerSecond = '0', scenario = 'morning'] = process.argv.slice(2);
if (scenario !== 'morning' && scenario !== 'all-clear') throw new Error(`no scenario ${scenario}`);
const company = await startCompany({
	scenario,
	clock: systemClock,
	extraPods: Number(extraPods),
	changesPerSecond: Number(changesPerSecond),
});
const {configPath, kubeconfigPath, environment, directory} = company;
process.stdout.write(`${JSON.stringify({configPath, kubeconfigPath, environment, directory})}\n`);
process.on('SIGTERM', () => void company.close().then(() => process.exit(0)));
